/** What the engine and the room say in English, in the reader's language. */
import { t } from "./language";
export const told = (text: string) => t(text);
export const toldDrawing = (svg: string) => svg;
