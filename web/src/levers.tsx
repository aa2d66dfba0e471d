/** Levers, clock and setting, made from their declarations; nothing here knows one by name. */
import { Component } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Lever, Opened, Quantity, Reference } from "./model";
import type { Design } from "./store";
import { money, named, title } from "./words";
import { decimal, t, within } from "./language";
import { priced } from "./price";

/** The words for a lever's value: what it means there. */
export function meaningAt(lever: Lever, value: number): string {
  const [zero, half, one] = lever.meaning.map((meaning) => t(meaning));
  if (value <= 0.05) return zero;
  if (value < 0.45) return t("between “{low}” and “{high}”", { low: zero, high: half });
  if (value <= 0.55) return half;
  if (value < 0.95) return t("between “{low}” and “{high}”", { low: half, high: one });
  return one;
}

function LeverRow({ lever, value, base, id, onValue }: { lever: Lever; value: number; base: number; id: string; onValue: (value: number) => void }) {
  return (
    <div class={`lever${value !== base ? " moved" : ""}`}>
      <label for={id}>
        <b>{title(lever.key)}</b> <span class="value">{Math.round(value * 100)}</span>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={value}
        aria-valuetext={`${Math.round(value * 100)}: ${meaningAt(lever, value)}`}
        aria-describedby={`${id}-doc`}
        onInput={(event) => onValue(Number(event.currentTarget.value))}
      />
      <p class="means">{meaningAt(lever, value)}</p>
      <details>
        <summary>
          {t("what is this?")}<span class="sr"> {title(lever.key)}</span>
        </summary>
        <p id={`${id}-doc`}>{t(lever.doc)}</p>
        <dl>
          <dt>0</dt>
          <dd>{t(lever.meaning[0])}</dd>
          <dt>{t("half")}</dt>
          <dd>{t(lever.meaning[1])}</dd>
          <dt>{t("full")}</dt>
          <dd>{t(lever.meaning[2])}</dd>
        </dl>
        {lever.challenge && <p>{t("Answers the challenge: {challenge}.", { challenge: t(lever.challenge) })}</p>}
        <p>{t("Takes: {price}.", { price: priced(lever.price) })}</p>
      </details>
    </div>
  );
}

/** What is wrong with what was typed, in a sentence; nothing where nothing is. */
export function wrongNumber(quantity: Quantity, typed: string): string {
  const value = Number(typed);
  const values = { name: title(quantity.name), low: decimal(String(quantity.low)), high: decimal(String(quantity.high)), typed };
  const wants = quantity.whole ? t("{name} wants a whole number from {low} to {high}", values) : t("{name} wants a number from {low} to {high}", values);
  if (typed.trim() === "" || !Number.isFinite(value)) return `${wants}; ${t("until there is one, it stays as it was.")}`;
  if (value < quantity.low || value > quantity.high || (quantity.whole && !Number.isInteger(value))) return `${wants}; ${t("{typed} is not one, and it stays as it was.", values)}`;
  return "";
}

/** A field for a number. What cannot be used is said under it, and changes nothing. */
function QuantityRow({ quantity, value, id, about, onValue }: { quantity: Quantity; value: number; id: string; about?: string; onValue: (value: number) => void }) {
  const [fault, setFault] = useState("");
  useEffect(() => setFault(""), [value]);
  return (
    <div class="quantity">
      <label for={id}>
        <b>{title(quantity.name)}</b> {about && <span class="sr">{about}</span>} <span class="unit">{quantity.unit === "count" ? "" : t(quantity.unit)}</span>
      </label>
      <input
        id={id}
        type="number"
        min={quantity.low}
        max={quantity.high}
        step={quantity.whole ? 1 : "any"}
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-fault ${id}-doc` : `${id}-doc`}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          const wrong = wrongNumber(quantity, typed);
          setFault(wrong);
          if (!wrong) onValue(Number(typed));
        }}
      />
      <p class="means" id={`${id}-doc`}>
        {t(quantity.doc)}
      </p>
      {fault && (
        <p class="fault" role="alert" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

interface Props {
  reference: Reference;
  design: Design;
  /** The levers as they were when the preset was opened. */
  base: Opened;
  /** In a game: the hospital is given, and so are these themes. */
  given?: string[];
  /** Before the names of its fields, where a page has two of these. */
  within?: string;
}

/** Drawn anew when the design changes, not with every week that passes. */
export class Levers extends Component<Props> {
  shouldComponentUpdate({ design, base, given }: Props) {
    const now = this.props;
    return design.opened !== now.design.opened || design.programme !== now.design.programme || base !== now.base || given !== now.given;
  }
  render() {
    return <AllLevers {...this.props} />;
  }
}

/** The theme that lies open at first: what is done for the time after support. */
const OPEN = "sustain";

function AllLevers({ reference, design, base, given, within = "" }: Props) {
  const { opened, programme } = design;
  const chosen = opened.programmes[programme];
  const original = base.programmes[Math.min(programme, base.programmes.length - 1)];
  const set = (path: string, value: number) => design.change({ changes: [[path, String(value)]] });
  return (
    <div class="levers">
      {opened.programmes.length > 1 && (
        <label class="which">
          {t("Programme")}{" "}
          <select value={programme} onChange={(event) => design.setProgramme(Number(event.currentTarget.value))} data-test="programme">
            {opened.programmes.map((row, place) => (
              <option value={place} key={place}>
                {t(row.name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {reference.themes.filter(({ name }) => !given?.includes(name)).map((theme) => {
        const here = reference.levers.map((lever, row) => ({ lever, row })).filter(({ lever }) => lever.theme === theme.name);
        return (
          <details class="theme" key={theme.name} open={theme.name === OPEN}>
            <summary>
              {chosen.cost.themes[theme.name] > 0 && <em>{money(chosen.cost.themes[theme.name], reference.currency)}</em>}
              <b>{t(named(theme.name), {}, "theme")}</b> <span>{t(theme.doc)}</span>
            </summary>
            {here.map(({ lever, row }) => (
              <LeverRow
                key={lever.key}
                id={`${within}lever-${lever.theme}-${lever.key}`}
                lever={lever}
                value={chosen.levers[row]}
                base={original?.levers[row] ?? lever.default}
                onValue={(value) => set(`programme.${programme}.${lever.theme}.${lever.key}`, value)}
              />
            ))}
          </details>
        );
      })}
      <details class="theme">
        <summary>
          <b>{t("Time")}</b> <span>{t("When it plans, acts and ends, in weeks.")}</span>
        </summary>
        {reference.clock.map((quantity) => (
          <QuantityRow
            key={quantity.name}
            id={`${within}clock-${quantity.name}`}
            quantity={quantity}
            value={chosen.clock[quantity.name]}
            onValue={(value) => set(`programme.${programme}.${quantity.name}`, value)}
          />
        ))}
      </details>
      {!given && (
        <details class="theme">
          <summary>
            <b>{t("The hospital")}</b> <span>{t("What a programme is given and cannot choose.")}</span>
          </summary>
          {reference.settings.map((quantity) => (
            <QuantityRow
              key={quantity.name}
              id={`${within}setting-${quantity.name}`}
              quantity={quantity}
              value={opened.setting[quantity.name]}
              onValue={(value) => set(`setting.${quantity.name}`, value)}
            />
          ))}
        </details>
      )}
    </div>
  );
}

/** Shocks to press while it runs: each acts from the present week. */
export function Shocks({ reference, design, week, onPress }: { reference: Reference; design: Design; week: number; onPress: (kind: string, at: number) => void }) {
  const at = Math.max(1, Math.floor(week));
  const declared = (kind: string) => reference.shocks.find((shock) => shock.kind === kind)?.settings ?? [];
  return (
    <section class="shocks" aria-label={t("Shocks")}>
      <h2>{t("Press while it runs")}</h2>
      <div class="buttons">
        {reference.shocks.map((shock) => (
          <button type="button" key={shock.kind} title={t(shock.doc)} onClick={() => onPress(shock.kind, at)} data-test={`shock-${shock.kind}`}>
            {title(shock.kind)}
          </button>
        ))}
      </div>
      {design.opened.shocks.length > 0 && (
        <ul class="happened">
          {design.opened.shocks.map((shock) => (
            <li key={shock.name}>
              {t("week {week}: {what}", { week: shock.week, what: within(title(shock.kind)) })}{" "}
              <button type="button" class="quiet" onClick={() => design.change({ remove: [shock.name] })}>
                <span aria-hidden="true">✕</span>
                <span class="sr">
                  {t("Take away: {what} in week {week}", { what: title(shock.kind), week: shock.week })}
                </span>
              </button>
              {declared(shock.kind).length > 0 && (
                <details>
                  <summary>
                    {t("when and how hard")}<span class="sr">: {t("{what} in week {week}", { what: title(shock.kind), week: shock.week })}</span>
                  </summary>
                  {declared(shock.kind).map((quantity) => (
                    <QuantityRow
                      key={quantity.name}
                      id={`shock-${shock.name}-${quantity.name}`}
                      about={t("of {what} in week {week}", { what: within(title(shock.kind)), week: shock.week })}
                      quantity={quantity}
                      value={shock.settings[quantity.name]}
                      onValue={(value) => design.change({ changes: [[`shocks.${shock.name}.${quantity.name}`, String(value)]] })}
                    />
                  ))}
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
