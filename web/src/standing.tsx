/** How far the model can be trusted: what its own validation says, for everybody to open. */
declare const STANDING: { quick: boolean; rows: [string, string][] };

const SAID: [string, string, string][] = [
  ["pass", "pass", "Shown by the model, and gone where the cause is taken out:"],
  ["fail", "fail", "Not shown, or not clearly, or not for the reason given:"],
  ["not emergent", "are built in rather than emerging", "Shown, but not gone where the cause is taken out:"],
  ["tautology", "are true by definition", "Shown, but the cause taken out leaves nothing to compare:"],
  ["undecided", "are undecided", "Shown in most of what is plausible, too near the line to tell:"],
  ["open", "are open", "Not judged:"],
  ["not testable yet", "cannot be tested yet", "Not to be tested yet:"],
];

export function Standing() {
  const groups = SAID.map(([result, says, about]) => ({ says, about, names: STANDING.rows.filter(([, found]) => found === result).map(([name]) => name) })).filter(({ names }) => names.length);
  return (
    <details class="standing" data-test="standing">
      <summary>
        How far can this be trusted? Of {STANDING.rows.length} patterns that evaluations of real programmes have shown, {groups.map(({ says, names }) => `${names.length} ${says}`).join(", ")} in this model.
      </summary>
      <p>
        It is a model to think with, not a forecast for a ward.{STANDING.quick ? " These are the results of a quick look, which leaves more undecided than a full one." : ""} The whole report is docs/validation.md, which comes with the program.
      </p>
      {groups.map(({ about, names }) => (
        <div key={about}>
          <h3>{about}</h3>
          <p>{names.join("; ")}.</p>
        </div>
      ))}
    </details>
  );
}
