/** How far the model can be trusted: what its own validation says, for everybody to open. */
import { t, word } from "./language";
declare const STANDING: { quick: boolean; rows: [string, string][] };

const SAID: [string, string, string][] = [
  ["pass", word("{count} pass"), word("Shown by the model, and gone where the cause is taken out:")],
  ["fail", word("{count} fail"), word("Not shown, or not clearly, or not for the reason given:")],
  ["not emergent", word("{count} are built in rather than emerging"), word("Shown, but not gone where the cause is taken out:")],
  ["tautology", word("{count} are true by definition"), word("Shown, but the cause taken out leaves nothing to compare:")],
  ["undecided", word("{count} are undecided"), word("Shown in most of what is plausible, too near the line to tell:")],
  ["open", word("{count} are open"), word("Not judged:")],
  ["not testable yet", word("{count} cannot be tested yet"), word("Not to be tested yet:")],
];

export function Standing() {
  const groups = SAID.map(([result, says, about]) => ({ says, about, names: STANDING.rows.filter(([, found]) => found === result).map(([name]) => name) })).filter(({ names }) => names.length);
  return (
    <details class="standing" data-test="standing">
      <summary>
        {t("How far can this be trusted? Of {count} patterns that evaluations of real programmes have shown, {groups} in this model.", { count: STANDING.rows.length, groups: groups.map(({ says, names }) => t(says, { count: names.length })).join(", ") })}
      </summary>
      <p>
        {t("It is a model to think with, not a forecast for a ward.")}
        {" "}
        {t("This page keeps to one set of numbers; over all that published figures leave plausible more is kept, on average, and the command line draws from all of it.")}
        {STANDING.quick ? ` ${t("These are the results of a quick look, which leaves more undecided than a full one.")}` : ""} {t("The whole report is docs/validation.md, which comes with the program.")}
      </p>
      {groups.map(({ about, names }) => (
        <div key={about}>
          <h3>{t(about)}</h3>
          <p>{names.map((name) => t(name)).join("; ")}.</p>
        </div>
      ))}
    </details>
  );
}
