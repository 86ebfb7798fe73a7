/** Month names as feeds write them, January first: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, … */
const NAMES = [
  'january januar jänner janvier enero gennaio janeiro januari január styczeń stycznia leden ledna tammikuuta ocak январь января январ січень січня ιανουάριος ιανουαρίου ianuarie gener',
  'february februar februari février fevrier febrero febbraio fevereiro február luty lutego únor února helmikuuta şubat февраль февраля лютий лютого φεβρουάριος φεβρουαρίου februarie febrer',
  'march märz maerz mrz mars marzo março maart mrt március marzec marca březen března maaliskuuta marts mart март марта березень березня μάρτιος μαρτίου martie març',
  'april avril abril aprile április kwiecień kwietnia duben dubna huhtikuuta nisan апрель апреля квітень квітня απρίλιος απριλίου aprilie',
  'may mai mayo maggio maio mei május maj maja květen května toukokuuta mayıs май мая травень травня μάιος μαΐου maig',
  'june juni juin junio giugno junho június czerwiec czerwca červen června kesäkuuta haziran июнь июня червень червня ιούνιος ιουνίου iunie juny',
  'july juli juillet julio luglio julho július lipiec lipca červenec července heinäkuuta temmuz июль июля липень липня ιούλιος ιουλίου iulie juliol',
  'august août aout agosto augustus augusztus augusti sierpień sierpnia srpen srpna elokuuta ağustos август августа серпень серпня αύγουστος αυγούστου agost',
  'september sept septembre septiembre setiembre settembre setembro szeptember wrzesień września září syyskuuta eylül сентябрь сентября вересень вересня σεπτέμβριος σεπτεμβρίου septembrie setembre',
  'october oktober octobre octubre ottobre outubro október październik października říjen října lokakuuta ekim октябрь октября жовтень жовтня οκτώβριος οκτωβρίου octombrie',
  'november novembre noviembre novembro listopad listopada listopadu marraskuuta kasım ноябрь ноября листопад листопада νοέμβριος νοεμβρίου noiembrie',
  'december dezember décembre diciembre dicembre dezembro desember grudzień grudnia prosinec prosince joulukuuta aralık декабрь декабря грудень грудня δεκέμβριος δεκεμβρίου decembrie desembre',
]

/** Lower case without accents, so that a name is found however it is written. */
const bare = (word: string) =>
  word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\p{M}/gu, '').replace(/ς/g, 'σ')

const names = NAMES.map((each) => each.split(' ').map(bare))
const ABBREVIATED = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const exact = new Map(
  [...names, ...ABBREVIATED.map((name) => [name])].flatMap((each, i) =>
    each.map((name) => [name, (i % 12) + 1] as const),
  ),
)

/** The month (1 to 12) that a word names in full or by at least its first three letters. */
export function monthNamed(word: string): number | undefined {
  const key = bare(word)
  const found = exact.get(key)
  if (found || key.length < 3) return found
  const months = names.flatMap((each, i) => (each.some((name) => name.startsWith(key)) ? [i + 1] : []))
  return months.length === 1 ? months[0] : undefined
}
