import { openSchedule } from "../state/schedule.ts";
import { eraseAllTexts, eraseTexts } from "../state/texts.ts";

/** Days after a leader's last in the post until the texts are erased. */
const daysAfterPost = 30;

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Erases what has been kept as long as it may: of all once the programme's time is over, of those who left their post. */
export const sweepTexts = async (stateFolder: string, secret: string, today: string): Promise<void> => {
  const schedule = await openSchedule(stateFolder)();
  if (schedule === null) return;
  if (today >= schedule.until) return eraseAllTexts(stateFolder);
  const members = schedule.groups.flatMap(({ leaders }) => leaders);
  const left = members.filter(({ to }) => to !== null && daysAfter(to, daysAfterPost) < today);
  await eraseTexts(
    stateFolder,
    secret,
    left.map(({ leader }) => leader),
  );
};
