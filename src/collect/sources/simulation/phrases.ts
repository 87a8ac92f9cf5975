/** How a text sounds: sour, neutral or sweet. */
export type Tone = -1 | 0 | 1

/** What is said first, about the term that `%` stands for, and what some say after it; by tone, each divided by `|`. */
interface Phrases {
  readonly openings: readonly string[]
  readonly closings: readonly string[]
}

const phrases = (openings: string, closings: string): Phrases => ({
  openings: openings.split('|'),
  closings: closings.split('|'),
})

const ENGLISH: Readonly<Record<Tone, Phrases>> = {
  [-1]: phrases(
    '% cancelled again, no reason given.|The % app shows "undefined" where my ticket was \\o/|Two hours in the rain for %, and nobody tells us anything.|Third time this season that % starts late.|I wanted to love %, but this is just expensive.',
    'I am done.|Do better.|Never again 😠',
  ),
  [0]: phrases(
    'Programme for % is out: gates at 17:00, first act an hour later.|Does anybody know when % starts tomorrow?|Somebody wrote {"topic":"%"}{"topic":"again"} on the wall. Art, apparently.|What to know before you go to %, in five lines.|Road closed near % until midnight.',
    'More as I hear it.|Photos follow.|Pass it on.',
  ),
  [1]: phrases(
    'Queued since dawn for % and it was worth every minute.|% was even better than last year, thank you all! ☀️|Still smiling about % tonight 😍|Proud of everybody who made % happen.|If you have one evening off this week, spend it on %.',
    'See you there!|Already looking forward to the next one.|What a night.',
  ),
}

const GERMAN: Readonly<Record<Tone, Phrases>> = {
  [-1]: phrases(
    '% – schön und gut, aber wer räumt danach auf?|Schon wieder keine Karten mehr für %.|Eine Stunde Schlange bei %, dann war Schluss.',
    'Mir reicht es.|Schade.',
  ),
  [0]: phrases(
    'Weiß jemand, ab wann man morgen zu % hineinkommt?|Der Plan für % hängt jetzt am Rathaus.|Zu % fährt heute ein Bus mehr.',
    'Bitte weitersagen.|Bilder folgen.',
  ),
  [1]: phrases(
    'Großartiger Abend mit %.\nMorgen gern wieder, dann mit Schirm.|Danke an alle, die % möglich gemacht haben!|% macht einfach gute Laune 🎶',
    'Bis morgen!|So schön.',
  ),
}

const FRENCH: Readonly<Record<Tone, Phrases>> = {
  [-1]: phrases(
    '% annulé sans un mot, bravo l’organisation.|Encore deux heures d’attente pour %.|Le prix de % cette année…',
    'C’est fini pour moi.|Dommage.',
  ),
  [0]: phrases(
    'Quelqu’un sait à quelle heure commence % demain ?|Le programme de % est en ligne.|La rue est fermée ce soir pour %.',
    'À suivre.|Faites passer.',
  ),
  [1]: phrases(
    'On a vu % de très près, les enfants étaient ravis 😍|Quelle soirée avec %, merci à tous !|% : rien que pour la lumière, il faut y aller.',
    'À demain !|Magnifique.',
  ),
}

const SPANISH: Readonly<Record<Tone, Phrases>> = {
  [-1]: phrases(
    'Otra vez cancelan % y nadie explica nada.|Tres horas de cola para %, qué desastre.|% ya no es lo que era.',
    'No vuelvo.|Qué pena.',
  ),
  [0]: phrases(
    'Mañana hablamos de %: ¿quién se apunta?|¿A qué hora abren las puertas de %?|Ya está el mapa de %.',
    'Pásalo.|Sigo informando.',
  ),
  [1]: phrases(
    '¡Qué noche la de %! Gracias a todos.|% con toda la familia, inolvidable ❤️|Por fin pude ver %, y qué bonito.',
    '¡Nos vemos!|Repetimos.',
  ),
}

const PORTUGUESE: Readonly<Record<Tone, Phrases>> = {
  [-1]: phrases(
    'Cancelaram % de novo e ninguém avisa.|Fila de duas horas para %, não dá.|Paguei caro por % e não vi nada.',
    'Nunca mais.|Uma pena.',
  ),
  [0]: phrases(
    'Alguém sabe a que horas começa %?|Saiu a programação de %.|Rua fechada hoje por causa de %.',
    'Repassem.|Volto com fotos.',
  ),
  [1]: phrases(
    'Que noite linda em %, obrigado a todos!|% valeu cada minuto 💛|Levei meus pais para ver % e eles amaram.',
    'Até amanhã!|Quero de novo.',
  ),
}

const JAPANESE: Readonly<Record<Tone, Phrases>> = {
  [-1]: phrases('%、また中止だって。|%の列、長すぎて諦めた。|%のチケット高すぎる。', 'もう行かない。|残念。'),
  [0]: phrases(
    '明日の%は何時からですか。|%の地図が出ました。|今夜は%で道が混みます。',
    '続きます。|拡散希望。',
  ),
  [1]: phrases(
    '%、とても良かった。来年もまた行きたい🌙|%の灯り、きれいでした。|家族で%に行ってきました😊',
    'また明日!|最高。',
  ),
}

const TURKISH: Readonly<Record<Tone, Phrases>> = {
  [-1]: phrases('% yine iptal, açıklama yok.|% için iki saat kuyruk bekledik.', 'Yazık.|Bir daha asla.'),
  [0]: phrases('% yarın kaçta başlıyor, bilen var mı?|% programı açıklandı.', 'Paylaşın.|Devamı gelecek.'),
  [1]: phrases(
    '% harikaydı, emeği geçen herkese teşekkürler!|% gecesi çok güzeldi 🌟',
    'Yarın yine!|Muhteşem.',
  ),
}

/** What people say of a term, by language and tone. Some of it breaks a careless splitter of concatenated JSON. */
export const PHRASES: Readonly<Record<string, Readonly<Record<Tone, Phrases>>>> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  pt: PORTUGUESE,
  ja: JAPANESE,
  tr: TURKISH,
}
