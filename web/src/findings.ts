/** The sentences in which the engine says what it finds in somebody's own numbers: their forms, for other languages. */
import { word } from "./language";

/** Of two that fit, the first is taken. */
export const FINDINGS = [
  // The title.
  word("{what}: {points}, too few for rules to tell luck from more."),
  word("{what}: nothing beyond the usual ups and downs in {points}."),
  word("{what}: a special cause in {time}, {side} the limit."),
  word("{what}: a special cause that the median is crossed too seldom for luck."),
  word("{what}: a special cause from {span}, {found}."),
  word("{what}: special causes, the first of them in {time}, {side} the limit."),
  word("{what}: special causes, the first of them that the median is crossed too seldom for luck."),
  word("{what}: special causes, the first of them from {span}, {found}."),
  word("a trend {direction}"),
  word("points {side} the limit"),
  word("points near the {end} limit"),
  word("a long run {side} the median"),
  word("a shift {side} the centre"),
  // Each special cause.
  word("{time} lies {side} the {end} limit ({value}, limit {limit}): a point outside the limits."),
  word("{count} points in a row lie {side} the {end} limit, {span}: points outside the limits."),
  word("{count} points in a row lie {side} the centre, {span}: a shift ({many} or more in a row)."),
  word("{count} points in a row rise, {span}: a trend ({many} or more in a row)."),
  word("{count} points in a row fall, {span}: a trend ({many} or more in a row)."),
  word("{times} lie near the {end} limit, in its outer third: two of three points near a limit."),
  word("{count} points in a row lie {side} the median, {span}: an unusually long run (luck makes up to {many})."),
  word("The line crosses the median once: unusually few crossings (luck makes {many} or more)."),
  word("The line crosses the median {count} times: unusually few crossings (luck makes {many} or more)."),
  word("{count} more special causes stand in special_causes.csv."),
  // Its lines.
  word("{chart} Centre {value}, limits at the last point {low} and {high}."),
  word("{chart} Centre {value}, limits {low} and {high}."),
  word("{chart} Median {value}."),
  word("A run chart, because limits need {many} points or more and there are {count}."),
  word("An XmR chart, which suits single values."),
  word("{article} chart, because points vary no more from one to the next than counting makes them."),
  word("A t chart, which suits times between events."),
  word("{article} chart, because points vary {value} times as much from one to the next as counting alone would make them (luck makes that up to {most})."),
  word("Limits from {count} points are guesses; {many} or more are needed."),
  word("Anhøj's rules need {many} points that are not on the median."),
  word("Of {count} points not on the median the longest run is {longest} (luck makes up to {most}), with {crossings} (luck makes {fewest} or more)."),
  word("Centre and limits come from all points, those before and after a change together. Where things changed, say so: --break DATE=reason begins new lines, --baseline {many} learns them from the first {count} points. Nothing is rebased without being asked for."),
  word("{before} before the programme begins in {time} ({points}), {after} from then on ({later}): {amount}. A study without controls would claim that; how much would have come without the programme these data cannot tell."),
  // How it was read.
  word("Read as a proportion: {numerator} of {denominator}, by {date}."),
  word("Read as a rate: {numerator} over {denominator}, by {date}."),
  word("Read as a count: {numerator}, by {date}."),
  word("Read as plain values: {numerator}, by {date}."),
  word("Each row of {date} is one event; what is drawn is the time between them."),
  word("Column {name} is not read."),
  word("Columns {names} are not read."),
  word("Years of two digits are read as years from 2000 on."),
  word("Rows were not in the order of time and are sorted."),
  word("A gap without a number: {time}. No line is drawn across a gap."),
  word("Gaps without a number: {time} and a later time. No line is drawn across a gap."),
  word("Gaps without a number: {time} and {count} later times. No line is drawn across a gap."),
  word("All {count} units are added up."),
  word("the model gives the share in which a practice is done; lay it beside a proportion (numerator and denominator) or percentages, not beside counts, rates of events or other values"),
  // What stands in their gaps.
  word("{count} points"),
  word("{count} point"),
  word("{count} crossings"),
  word("{count} crossing"),
  word("{value} points more"),
  word("{value} points less"),
  word("{value} more"),
  word("{value} less"),
  word("{from} to {to}"),
];

/** Words in their gaps. */
export const SIDES = [word("A p"), word("A u"), word("A c"), word("A p'"), word("A u'"), word("An XmR"), word("above"), word("below"), word("upper"), word("lower"), word("up"), word("down")];
