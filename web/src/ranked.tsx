/** A ranking as it is shown: who is first, by how much, and what was luck. */
import { COUNTS } from "./asks";
import type { Estimate } from "./model";
import type { Told } from "./rank";
import { between, listed, money, points } from "./words";
import { t, tx, word } from "./language";

export function Ranked({ told, currency }: { told: Told; currency: string }) {
  const all = told.rows.flatMap((row) => [...row.spread, row.own ?? 0, 0]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (value: number) => `${((value - low) / Math.max(1e-6, high - low)) * 100}%`;
  const Points = ({ of }: { of: Estimate }) => (
    <>
      <b>{points(of.value)}</b>{" "}
      <span class="interval">
        {between(points(of.low), points(of.high))}
      </span>
    </>
  );
  const winners = told.rows.filter(({ place }) => place === 1);
  return (
    <>
      <p data-test="winner">
        {winners.length === 0 ? (
          t("Nobody wins: no plan gains something and clearly keeps more than the story's own.")
        ) : (
          <>
            {tx(winners.length > 1 ? word("{names} share the first place: they are not clearly apart.") : word("{names} is first."), { names: <b>{listed(winners.map(({ name }) => name))}</b> })}
          </>
        )}{" "}
        {t("{cohort}; budget {money}.", { cohort: told.cohort, money: money(told.budget, currency) })}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("Ranking as a table")}>
        <table class="ranking" data-test="ranking">
          <thead>
            <tr>
              <th scope="col">{t("place")}</th>
              <th scope="col">{t("table")}</th>
              <th scope="col">{t(COUNTS)}</th>
              <th scope="col" class="strip-cell">
                {t("range of luck, and their own")}
              </th>
              <th scope="col">{t("own luck")}</th>
              <th scope="col">{t("money")}</th>
            </tr>
          </thead>
          <tbody>
            {told.rows.map((row) => (
              <tr key={row.name}>
                <td>{row.place ?? "–"}</td>
                <th scope="row">
                  {row.name}
                  {[row.why, row.note].filter(Boolean).map((text) => (
                    <div class="hint" key={text}>
                      {text}
                    </div>
                  ))}
                </th>
                <td>
                  <Points of={row.later} />
                </td>
                <td class="strip-cell">
                  <span class="strip" role="img" aria-label={t("From {low} to {high}; own luck {own}", { low: points(row.spread[0]), high: points(row.spread[2]), own: points(row.own) })}>
                    <span class="strip-range" style={{ left: at(row.spread[0]), right: `calc(100% - ${at(row.spread[2])})` }} />
                    <span class="strip-middle" style={{ left: at(row.spread[1]) }} />
                    <span class="strip-own" style={{ left: at(row.own ?? 0) }}>
                      ◆
                    </span>
                  </span>
                </td>
                <td>{points(row.own)}</td>
                <td>{money(row.cost, currency)}</td>
              </tr>
            ))}
            {told.marks.map(({ name, cost, later }) => (
              <tr key={name} class="mark">
                <td>–</td>
                <th scope="row">{t("To measure by: {name}", { name: t(name) })}</th>
                <td>
                  <Points of={later} />
                </td>
                <td class="strip-cell" />
                <td />
                <td>{money(cost, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="hint">{t("Plans that are not clearly apart, luck by luck, share a place. The diamond is what their own luck gave a table: far from its bar it was luck, not skill.")}</p>
    </>
  );
}
