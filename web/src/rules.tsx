/** The game between tables in the same words wherever it is played: what is ranked, what may be spent, what to look at besides. */
import { GOAL, type Lesson } from "./asks";
import { money } from "./words";
import { t } from "./language";

export function Rules({ lesson, budget, currency }: { lesson: Lesson; budget: number; currency: string }) {
  return (
    <p class="lead" data-test="rules">
      <b>{t(GOAL)}</b> {t("The budget for “{lesson}”: {money}, a quarter more than the story's own plan costs.", { lesson: t(lesson.title), money: money(budget, currency) })} {t(lesson.besides)}
    </p>
  );
}
