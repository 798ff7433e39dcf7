import { foldText } from "../study/fold.ts";

/** A name without what people set between its words: `E-mail`, `e_mail` and `email` are one. */
export const squeezedName = (name: string): string => foldText(name).replace(/[^\p{L}\p{N}]+/gu, "");

const identifiers: ReadonlySet<string> = new Set([
  ...["ip", "ipaddr", "ipaddress", "ipadresse", "ipadress"],
  ...["email", "mail", "emailaddress", "mailaddress", "emailadresse", "mailadresse", "emailadress", "epost"],
  ...["epostadresse", "epostadress", "recipientemail", "respondentemail", "participantemail"],
  ...["name", "fullname", "firstname", "lastname", "surname", "recipientfirstname", "recipientlastname"],
  ...["participantname", "respondentname", "navn", "fuldenavn", "fuldtnavn", "fulltnavn", "fornavn", "efternavn"],
  ...["forn", "eftern", "ettern", "etternavn", "namn", "förnamn", "efternamn", "vorname", "nachname"],
  ...["telefon", "telefonnummer", "telefonnr", "tlf", "tlfnr", "mobil", "mobilnummer", "mobilnr", "mobiltelefon"],
  ...["phone", "phonenumber", "mobile", "mobilephone", "telephone", "mobiltlf"],
  ...["cpr", "cprnr", "cprnummer", "personnummer", "fødselsnummer"],
  ...["latitude", "longitude", "locationlatitude", "locationlongitude"],
]);

/** Whether a column's whole name says that it holds a name, an address, a number or a place of one person. */
export const namesPerson = (name: string): boolean => identifiers.has(squeezedName(name));
