import type { AiPhrase } from './entry.ts';

const IGNORE = 'tells its reader to ignore instructions';
const ADDRESS = 'speaks to an AI assistant';

/** "ignore", up to three words, "instructions", in either order. */
const ignore = (language: string, verb: string, what: string, earlier: string): readonly AiPhrase[] => [
  {
    language,
    what: IGNORE,
    words: `(?:${verb})\\s(?:\\S+\\s){0,3}(?:(?:${earlier})\\s(?:\\S+\\s){0,2}(?:${what})|(?:${what})\\s(?:\\S+\\s){0,2}(?:${earlier}))`,
  },
];
/** "AI: approve", "note to the AI:" */
const address = (language: string, ai: string, approve: string, note: string): readonly AiPhrase[] => [
  {
    language,
    what: ADDRESS,
    words: `(?:${ai})\\s?:\\s?(?:\\S+ ){0,2}(?:${approve})\\p{L}*|(?:${note})[:,]? (?:\\S+ )?(?:${ai})\\s?[:!](?:\\s?\\p{L}+)?`,
  },
];

/**
 * The two turns of phrase that matter most, in languages that the longer list leaves out. The languages are our own work;
 * the turns are those of `ai-phrases.ts`, with its sources.
 */
export const AI_PHRASES_OF_MORE_LANGUAGES: readonly AiPhrase[] = [
  ...ignore(
    'sv',
    'ignorera|glöm|strunta i|bortse från',
    'instruktion\\p{L}*|anvisning\\p{L}*|regler\\p{L}*',
    'tidigare|föregående|ovanstående|dina|alla',
  ),
  ...address(
    'sv',
    'ai|ai-assistent\\p{L}*|assistent|språkmodell\\p{L}*',
    'godkänn|tillåt|ignorera',
    'till|meddelande till|obs|hej',
  ),
  ...ignore(
    'da',
    'ignorer|glem|se bort fra',
    'instruktion\\p{L}*|anvisning\\p{L}*|instruks\\p{L}*|regler\\p{L}*',
    'tidligere|foregående|forrige|ovenstående|dine|alle',
  ),
  ...address(
    'da',
    'ai|ai-assistent\\p{L}*|assistent|sprogmodel\\p{L}*|språkmodell\\p{L}*',
    'godkend|godkjenn|tillad|tillat|ignorer',
    'til|besked til|melding til|bemærk|hej',
  ),
  ...ignore(
    'fi',
    'ohita|unohda|sivuuta|jätä huomiotta',
    'ohjeet|ohjeita|ohjeesi|käskyt|määräykset',
    'kaikki|aiemmat|aikaisemmat|edelliset|yllä olevat',
  ),
  ...address('fi', 'tekoäly|tekoälyavustaja|avustaja|kielimalli', 'hyväksy|salli|ohita', 'huomio|viesti|hei'),
  ...ignore(
    'cs',
    'ignoruj\\p{L}*|zapomeň\\p{L}*|nedbej\\p{L}*',
    'pokyn\\p{L}*|instrukc\\p{L}*|příkaz\\p{L}*|pravid\\p{L}*',
    'předchozí\\p{L}*|dřívější\\p{L}*|všechny|výše|svoje|tvoje',
  ),
  ...address(
    'cs',
    'ai|asistent\\p{L}*|umělá inteligenc\\p{L}*|jazykový model|chatbot',
    'schval\\p{L}*|povol\\p{L}*|ignoruj\\p{L}*',
    'pozor|zpráva pro|pokyn pro|vzkaz pro',
  ),
  ...ignore(
    'hu',
    'hagyd figyelmen kívül|felejtsd el|ne vedd figyelembe',
    'utasítás\\p{L}*|szabály\\p{L}*|parancs\\p{L}*',
    'korábbi|előző|összes|fenti|minden',
  ),
  ...address(
    'hu',
    'mi|ai|asszisztens|nyelvi modell|mesterséges intelligencia',
    'hagyd jóvá|engedélyezd',
    'üzenet|figyelem|megjegyzés',
  ),
  ...ignore(
    'ro',
    'ignor[aă]|ignorați|uită|uitați',
    'instrucțiuni\\p{L}*|instructiuni\\p{L}*|reguli\\p{L}*|comenzi\\p{L}*',
    'anterioare|precedente|toate|de mai sus|tale',
  ),
  ...address(
    'ro',
    'ia|ai|asistent\\p{L}*|model lingvistic|inteligența artificială',
    'aprobă|aprobați|permite|ignoră',
    'notă pentru|mesaj pentru|atenție',
  ),
  ...ignore(
    'vi',
    'bỏ qua|phớt lờ|quên',
    'hướng dẫn|chỉ dẫn|chỉ thị|lệnh|quy tắc',
    'trước|trước đó|trước đây|ở trên|tất cả|mọi',
  ),
  ...address(
    'vi',
    'ai|trợ lý(?: ai)?|trí tuệ nhân tạo',
    'phê duyệt|chấp thuận|cho phép|bỏ qua',
    'lưu ý|gửi|thông báo cho',
  ),
  ...ignore(
    'id',
    'abaikan|lupakan|hiraukan',
    'instruksi\\p{L}*|perintah\\p{L}*|petunjuk\\p{L}*|aturan\\p{L}*',
    'sebelumnya|semua|di atas|sebelum ini',
  ),
  ...address(
    'id',
    'ai|asisten(?: ai)?|kecerdasan buatan',
    'setujui|izinkan|abaikan',
    'catatan untuk|pesan untuk|perhatian',
  ),
  ...ignore(
    'uk',
    'ігноруй\\p{L}*|проігноруй\\p{L}*|забудь\\p{L}*',
    'інструкці\\p{L}+|вказівк\\p{L}+|правил\\p{L}*|команд\\p{L}*',
    'попередні\\p{L}*|усі|всі|свої|твої|системні\\p{L}*',
  ),
  ...address(
    'uk',
    'ші|ші-асистент\\p{L}*|асистент\\p{L}*|мовна модель|штучний інтелект',
    'схвал\\p{L}+|дозволь\\p{L}*|ігноруй\\p{L}*',
    'увага|примітка для|повідомлення для',
  ),
  ...ignore('el', 'αγνόησε|αγνοήστε|ξέχασε|ξεχάστε', 'οδηγίες|εντολές|κανόνες', 'προηγούμενες|όλες|παραπάνω|τις'),
  ...address(
    'el',
    'τεχνητή νοημοσύνη|βοηθέ|βοηθός|ai',
    'ενέκρινε|εγκρίνετε|επίτρεψε|αγνόησε',
    'σημείωση για|μήνυμα για|προσοχή',
  ),
  {
    language: 'ar',
    what: IGNORE,
    text: '(?:تجاهل|تجاهلي|انس|لا تتبع).{0,20}(?:التعليمات|الأوامر|الإرشادات|القواعد|تعليماتك)',
  },
  {
    language: 'ar',
    what: ADDRESS,
    text: '(?:الذكاء الاصطناعي|المساعد(?: الذكي)?|روبوت الدردشة)\\s?[::]\\s?.{0,10}(?:وافق|اسمح|اقبل|تجاهل)|(?:إلى|ملاحظة إلى) (?:الذكاء الاصطناعي|المساعد الذكي)\\s?[::]',
  },
  {
    language: 'he',
    what: IGNORE,
    text: '(?:התעלם|התעלמי|התעלמו|שכח).{0,20}(?:הוראות|ההוראות|ההנחיות|הכללים|הוראותיך)',
  },
  { language: 'he', what: ADDRESS, text: '(?:בינה מלאכותית|עוזר(?: AI)?|העוזר)\\s?:\\s?.{0,10}(?:אשר|תאשר|התר|התעלם)' },
  {
    language: 'hi',
    what: IGNORE,
    text: '(?:पिछले|पिछली|पहले के|सभी|ऊपर के).{0,20}(?:निर्देश|निर्देशों|आदेश|आदेशों|नियमों).{0,12}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)',
  },
  { language: 'hi', what: ADDRESS, text: '(?:एआई|AI|कृत्रिम बुद्धिमत्ता)(?: सहायक)?\\s?:\\s?.{0,20}(?:स्वीकृत|मंज़ूर|अनुमति)' },
  {
    language: 'th',
    what: IGNORE,
    text: '(?:ละเว้น|เพิกเฉย|ไม่ต้องสนใจ|ลืม).{0,12}(?:คำสั่ง|คำแนะนำ|กฎ).{0,12}(?:ก่อนหน้า|ทั้งหมด|เดิม|ข้างต้น)',
  },
  { language: 'th', what: ADDRESS, text: '(?:เอไอ|AI|ปัญญาประดิษฐ์|ผู้ช่วย)\\s?:\\s?.{0,10}(?:อนุมัติ|อนุญาต)' },
];
