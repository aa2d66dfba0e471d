/** The picture of a lesson: one number as it was, and with one thing after another taken away. */
import type { Lesson } from "./asks";
import { figures } from "./figures";
import { between, percent, points } from "./words";
import { t } from "./language";

export function Bars({ lesson }: { lesson: Lesson }) {
  const { picture } = lesson;
  if (picture.kind !== "bars") return null;
  const { bars, runs } = figures(lesson.id);
  const told = picture.unit === "points" ? points : percent;
  const [low, high] = [Math.min(0, ...bars.map(({ found }) => found.low ?? 0)), Math.max(...bars.map(({ found }) => found.high ?? 0))];
  const at = (value: number | null) => `${(((value ?? 0) - low) / Math.max(1e-9, high - low)) * 100}%`;
  return (
    <div class="bars" data-test="bars">
      <table>
        <caption>
          {t("{title}, {unit}: means of {runs} runs and their intervals, under the same luck", { title: t(picture.title), unit: picture.unit === "points" ? t("in points") : t("in per cent"), runs })}
        </caption>
        <tbody>
          {bars.map(({ label, found }, place) => (
            <tr key={label} class={place ? "" : "own"}>
              <th scope="row">{t(label)}</th>
              <td>
                <b>{told(found.value)}</b>{" "}
                <span class="interval">
                  {between(told(found.low), told(found.high))}
                </span>
                <span class="bar" aria-hidden="true">
                  <span class="bar-full" style={{ left: at(Math.min(0, found.value ?? 0)), right: `calc(100% - ${at(Math.max(0, found.value ?? 0))})` }} />
                  <span class="bar-interval" style={{ left: at(found.low), right: `calc(100% - ${at(found.high)})` }} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
