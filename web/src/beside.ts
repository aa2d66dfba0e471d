/** What a lesson's question compares with: the same people in another design, or with another programme, drawn beside what happened. */
import { useEffect, useState } from "preact/hooks";
import { designs, type Lesson } from "./asks";
import type { Line } from "./chart";
import { curvesFrom, open } from "./model";
import { called } from "./parts";
import type { Room } from "./store";
import { t } from "./language";

export interface Beside {
  line: Line;
  /** Of whom it is, to follow a title. */
  says: string;
}

/** The design and the programme that a question compares with; none where it asks of one curve alone. */
export function compared({ measure, programme }: Lesson): { label?: string; programme: number } | null {
  if (measure.of) return { label: measure.of, programme };
  const other = measure.over?.programme;
  return other === undefined || other === (measure.programme ?? programme) ? null : { programme: other };
}

export function useBeside(room: Room, lesson: Lesson, seed: number): Beside | null {
  const [found, setFound] = useState<Beside | null>(null);
  useEffect(() => {
    setFound(null);
    const asked = compared(lesson);
    if (!asked) return;
    let stale = false;
    const own = open(room.engine, { name: lesson.scenario });
    const does = designs(lesson).find(({ label }) => label === asked.label)?.does ?? {};
    const opened = open(room.engine, { ...does, text: own.text });
    void room.pool.ask({ do: "pair", text: opened.text, seed }).then((told) => {
      if (stale) return;
      const values = curvesFrom(told).of(asked.programme, 0, "practice");
      const name = asked.label ? t(asked.label) : called(opened, asked.programme);
      setFound({ line: { name: t("beside it"), values, colour: "var(--choice4)", ink: "var(--choice4)", dash: "8 3 2 3" }, says: t("beside it: {name}", { name }) });
    });
    return () => {
      stale = true;
    };
  }, [lesson, seed]);
  return found;
}
