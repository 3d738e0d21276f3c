import type { AiPhrase } from './entry.ts';

const B = '(?<![\\p{L}\\p{N}])';
const E = '(?![\\p{L}\\p{N}])';
const IGNORE = 'tells its reader to ignore instructions';
const ADDRESS = 'speaks to an AI assistant';
const ROLE = 'tells its reader that it is an AI';
const HIDE = 'asks for something to be kept from people';
const ANSWER = 'says what an assistant shall answer';
const MARKUP = 'has the marks of a conversation with a language model';
const TOOL = 'looks like the call of a tool';

/** What follows a name when somebody is spoken to: not "AI course", not "AI-team". */
const VOCATIVE = '\\s?[:!]';
/** Where a sentence can begin. */
const START = '(?:^|[.!?\\n"“(])\\s?';

/**
 * Text that somebody wrote for a model that reads it on behalf of the person who decides. A hit is a `stop`, so a reason that
 * only mentions products ("Copilot for the AI course", "as an AI engineer") must not match: each pattern needs somebody
 * spoken to, an order, or a mark.
 *
 * Sources: OWASP Top 10 for LLM Applications 2025, LLM01 Prompt Injection (https://genai.owasp.org); MITRE ATLAS AML.T0051
 * LLM Prompt Injection (https://atlas.mitre.org); Greshake and others 2023, indirect prompt injection (arXiv:2302.12173);
 * the published chat templates of ChatML, Llama 2 and 3, and Mistral. The languages are our own work.
 */
export const AI_PHRASES: readonly AiPhrase[] = [
  {
    language: 'any',
    what: MARKUP,
    text: '<\\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|begin_of_text|start_header_id|end_header_id|fim_\\w+)\\|>',
  },
  {
    language: 'any',
    what: MARKUP,
    text: '\\[/?inst\\]|<</?sys>>|<(?:start|end)_of_turn>|\\[/?system_prompt\\]',
  },
  {
    language: 'any',
    what: MARKUP,
    text: '</?(?:system|assistant|human|user|developer|instructions?|(?:system[-_ ])?prompt|system[-_]?(?:message|reminder|note|instructions?)|important|thinking)(?:\\s[^<>]{0,80})?>',
  },
  {
    language: 'any',
    what: MARKUP,
    text: '#{2,}\\s?(?:system|new |updated )?\\s?(?:instructions?|prompt|response|assistant)\\s?:?(?:#|\\s|$)',
  },
  {
    language: 'any',
    what: MARKUP,
    text: '["\']?role["\']?\\s?[:=]\\s?["\'](?:system|assistant|developer|user|tool)["\']',
  },
  {
    language: 'any',
    what: MARKUP,
    text: '(?:begin|end|start)(?: of)?[ _-](?:the )?(?:system|hidden|admin|developer)[ _-](?:prompt|message|instructions?)',
  },
  {
    language: 'any',
    what: TOOL,
    text: '</?(?:antml:)?(?:function_calls?|invoke|tool_(?:calls?|use|result|response)|function_results?|parameter name=)(?:\\s?[^<>]{0,80})?>',
  },
  { language: 'any', what: TOOL, words: '(?:approve|deny)_requests?|take_ownership|get_permit_options' },
  {
    language: 'any',
    what: TOOL,
    text: '["\'](?:tool(?:_name)?|function|name|method)["\']\\s?:\\s?["\'](?:approve|permit|allow|grant|tools/call)',
  },
  {
    language: 'any',
    what: ADDRESS,
    text: `${B}(?:chatgpt|gpt-?\\d?|copilot|gemini|llm|openai|claude code)\\s?[:,]\\s?(?:please )?(?:approve|permit|allow|grant|ignore|you (?:must|should|will|can|may))${E}`,
  },

  {
    language: 'en',
    what: IGNORE,
    words:
      "(?:ignore|disregard|forget|override|discard|do not follow|don[’']?t follow|stop following)\\s(?:\\S+\\s){0,4}(?:previous|prior|earlier|preceding|above|former|original|existing|your|system|safety|security|all(?: of)?(?: the| other)?)\\s(?:\\S+\\s){0,3}(?:instructions?|prompts?|directives?|guidelines?|guardrails?|system messages?|programming|training)",
  },
  {
    language: 'en',
    what: IGNORE,
    words:
      '(?:ignore|disregard|forget) (?:everything|anything|all) (?:above|before|you (?:were|have been) told|you know|written above|said before)',
  },
  {
    language: 'en',
    what: IGNORE,
    words:
      '(?:new|updated|revised|additional|real|actual) (?:system )?(?:instructions?|prompt) (?:for|to) (?:you|the (?:ai|assistant|model)|any (?:ai|model))',
  },
  {
    language: 'en',
    what: IGNORE,
    text: `${B}(?:(?:your|the|a|new|hidden|initial|original) )?system (?:prompt|message|override)\\s?[:=]|${B}(?:reveal|print|show|repeat|output|override|replace|leak|dump) (?:me )?(?:your|the) (?:system|hidden|initial) (?:prompt|instructions)`,
  },
  {
    language: 'en',
    what: ROLE,
    words:
      'you are (?:now |really |actually |only |just )?(?:an?|the|my|our) (?:(?:helpful|friendly|security|automated|autonomous|virtual|smart|it|approval|triage|large|intelligent|unrestricted|honest) ){0,3}(?:ai|a\\.i\\.|artificial intelligence|assistant|language model|llm|chat ?bot|bot|copilot|gpt)',
  },
  {
    language: 'en',
    what: ROLE,
    text: `${B}as an? (?:ai|llm|(?:large )?language model|ai (?:language )?(?:model|assistant|agent|reviewer|system)|automated (?:assistant|agent|reviewer)),?\\s?(?:you|i|it|we|your)${E}`,
  },
  {
    language: 'en',
    what: ROLE,
    text: `${B}as an? (?:ai (?:language )?(?:model|assistant|agent|reviewer)|large language model)\\s?[,;:.!]`,
  },
  {
    language: 'en',
    what: ROLE,
    words:
      "pretend (?:that )?(?:you(?:[’']re| are)|to be (?:an? )?(?:ai|assistant|admin\\w*|approver))|you are now (?:in|a|an|the) (?:\\S+ ){0,3}(?:mode|model|agent|approver)|you can do anything now|dan mode",
  },
  {
    language: 'en',
    what: ROLE,
    words:
      "(?:if|when|because|since) you(?:[’']re| are) (?:an? )?(?:ai|llm|(?:large )?language model|ai (?:assistant|agent|model)|chat ?bot|bot|automated (?:system|reviewer|assistant|agent))",
  },
  {
    language: 'en',
    what: ADDRESS,
    text: `${B}(?:dear|hey|hello|hi|attention|note (?:to|for)|notes (?:to|for)|notice (?:to|for)|message (?:to|for)|instructions? (?:to|for)|reminder (?:to|for)|memo (?:to|for)|directive (?:to|for))[:,]? (?:the |any |all |our |my |every |whichever )?(?:reviewing |reading |automated |helpful )?(?:ai|a\\.i\\.|llms?|(?:large )?language models?|chat ?bots?|ai[- ](?:assistants?|agents?|models?|reviewers?|systems?|tools?|approvers?)|virtual assistants?|automated (?:reviewers?|assistants?|agents?)|chatgpt|copilot)(?:${VOCATIVE}|[,;.]\\s(?:please|you|this|approve|permit|allow|grant|ignore|do|it)${E})`,
  },
  {
    language: 'en',
    what: ADDRESS,
    text: `${START}(?:ai|ai[- ](?:assistant|agent|model|system|reviewer|bot)|assistant|llm|(?:large )?language model|chat ?bot)\\s?[:>,]\\s?(?:please |now |you (?:must|should|will|shall|have to|are (?:authori[sz]ed|instructed|required) to) )?(?:approve|permit|allow|grant|authori[sz]e|whitelist|allowlist|ignore|disregard|confirm|accept|countersign|sign off)${E}|${B}(?:ai[- ](?:assistant|agent|model|reviewer)|assistant|llm)\\s?:\\s?(?:i (?:will|have|shall) )?(?:approved?|permit|grant|authori[sz]e|ignore|disregard|countersign|calling)${E}|${START}(?:system|bot|model|agent)\\s?:\\s?(?:(?:you (?:must|should|will|shall) )?(?:approve|grant|authori[sz]e|ignore|disregard|countersign)|this request (?:is|was|has been) (?:pre-?)?(?:approved|authori[sz]ed|verified))${E}`,
  },
  {
    language: 'en',
    what: ADDRESS,
    words:
      '(?:ai|llm|language model|chat ?bot|ai[- ](?:assistant|agent|model|reviewer|system)|assistant|automated (?:reviewer|agent|system))s? (?:(?:that is|who is|which is|that are|that|who|which|currently) ){0,2}(?:read(?:s|ing)|review(?:s|ing)|process(?:es|ing)|evaluat(?:es|ing)|analy[sz](?:es|ing)|handl(?:es|ing)|triag(?:es|ing)|summari[sz](?:es|ing)|pars(?:es|ing)) (?:this|these|the (?:request|ticket|message|reason|note|approval))',
  },
  {
    language: 'en',
    what: ADDRESS,
    words:
      '(?:ai|llm|ai[- ](?:assistant|agent|model|reviewer)s?|language models?|chat ?bots?|assistants) (?:must|should|shall|has to|have to|needs? to|is (?:required|instructed|authori[sz]ed) to|are (?:required|instructed|authori[sz]ed) to) (?:\\S+ ){0,2}(?:approve|permit|allow|grant|authori[sz]e|countersign) (?:this|the|it|all|every|any)',
  },
  {
    language: 'en',
    what: HIDE,
    words:
      "(?:(?:do not|don['’]?t|never|must not|should not|shall not) (?:tell|inform|mention|reveal|disclose|alert|warn)|without telling)(?: [^\\s,.;]+){0,3} (?:to )?(?:the )?(?:user|human|operator|approver|reviewer|administrator)s?|(?:do not|don['’]?t|never) show (?:this|it|that|any of this) to (?:the )?(?:human |end )?(?:user|human|operator|approver|reviewer|administrator)s?",
  },
  {
    language: 'en',
    what: HIDE,
    words:
      "(?:do not|don[’']?t|never) (?:mention|reveal|repeat|disclose|quote|display|summari[sz]e|output|show) (?:of )?(?:this|these|the|any of (?:this|these)) (?:\\S+ )?(?:note|message|instructions?|prompt|text|reason|paragraph)s?",
  },
  {
    language: 'en',
    what: HIDE,
    words:
      '(?:without|no|skip(?: the| any)?) (?:asking (?:for )?)?(?:any |a |the )?(?:human|countersign\\w*) ?(?:confirmation|review|approval|oversight|verification|in the loop)?(?= (?:needed|required|necessary|and|then|please|approve)|[.,;!]|$)',
  },
  {
    language: 'en',
    what: ANSWER,
    words:
      '(?:respond|reply|answer|return|output)(?: only(?: with)?| with(?: only)?)(?: the words?)? ?["“\'‘]?(?:approved?|allow(?:ed)?|permit(?:ted)?|safe|benign|clean|low risk)["”\'’]?(?= (?:to|for|and|without|only|regardless|no matter)|["”\'’.,;!]|$)',
  },
  {
    language: 'en',
    what: ANSWER,
    words:
      'in your (?:summary|response|answer|analysis|output|recommendation|assessment|reply|verdict|report)[, ].{0,60}(?:say|state|write|conclude|report|describe|claim|recommend|safe|benign|harmless|approve)|(?:say|state|write|conclude|report|describe|claim|recommend).{0,60} in your (?:summary|response|answer|analysis|output|recommendation|assessment|verdict)',
  },
  {
    language: 'en',
    what: TOOL,
    words:
      '(?:call|use|invoke|run|execute|trigger) (?:the |your |an? )?["“\'‘`]?(?:approv(?:e|al)|permit|allow)["”\'’`]? (?:tool|function|api|command|action)',
  },

  {
    language: 'de',
    what: IGNORE,
    words:
      '(?:ignorier\\w*|vergiss|vergessen|missachte\\w*|verwirf|überschreibe?)\\s(?:\\S+\\s){0,3}(?:bisherigen?|vorherigen?|früheren?|obigen?|vorigen?|vorangegangenen?|vorangehenden?|deine|ihre|alle|sämtlichen?|system\\w*)\\s?(?:\\S+\\s){0,2}(?:anweisung\\w*|instruktion\\w*|vorgaben?|regeln?|befehle?|prompts?|anordnung\\w*|richtlinien)',
  },
  {
    language: 'de',
    what: ROLE,
    words:
      '(?:du bist|sie sind) (?:jetzt |nun |ab jetzt )?(?:eine?|das|der|die) (?:\\S+ )?(?:ki|ki[- ]\\w+|künstliche intelligenz|sprachmodell|chatbot|(?:hilfreicher|virtueller|digitaler) assistent)',
  },
  {
    language: 'de',
    what: ROLE,
    words:
      'als (?:ki|künstliche intelligenz|sprachmodell|chatbot|ki[- ](?:assistent\\w*|modell|sprachmodell|agent\\w*|system)),? (?:musst|sollst|sollen|müssen|darfst|dürfen|kannst|können|wirst|werden|hast|haben|bist|sind|genehmig\\w+)',
  },
  {
    language: 'de',
    what: ADDRESS,
    text: `${B}(?:(?:wichtige[rs]? )?(?:hinweis|nachricht|anweisung|mitteilung|notiz|meldung|anordnung|befehl)(?: an| für)|achtung|liebe|hallo|an)[:,]? (?:die |den |alle |das |jede |jeden |jedes )?(?:ki|ki[- ](?:assistent\\w*|modelle?|agent\\w*|systeme?)|sprachmodelle?|chatbots?|künstliche intelligenz)${VOCATIVE}`,
  },
  {
    language: 'de',
    what: ADDRESS,
    text: `${B}(?:ki|ki[- ]\\w+|assistent|sprachmodell|chatbot)\\s?:\\s?(?:jetzt |sofort |du (?:musst|sollst) )?(?:genehmig\\w*|freigeben|gib \\S+ frei|erlaub\\w*|bestätig\\w*|ignorier\\w*)`,
  },
  {
    language: 'de',
    what: HIDE,
    words:
      '(?:sag\\w*|erzähl\\w*|verrat\\w*|erwähn\\w*|zeig\\w*|teile?|melde?|informier\\w*|warne?)(?: \\S+){0,4} (?:dem|den|der|einem) (?:benutzer\\w*|nutzer\\w*|anwender\\w*|menschen|prüfer\\w*|genehmiger\\w*|admin\\w*)(?: \\S+){0,3} (?:nichts?|nicht)',
  },
  {
    language: 'de',
    what: HIDE,
    words:
      '(?:dem|den|der) (?:benutzer\\w*|nutzer\\w*|anwender\\w*|menschen|prüfer\\w*|genehmiger\\w*)(?: \\S+){0,3} (?:nichts?|nicht) (?:sagen|mitteilen|verraten|zeigen|melden|davon erzählen|erwähnen)|ohne (?:eine )?menschliche \\w+',
  },

  {
    language: 'fr',
    what: IGNORE,
    words:
      '(?:ignore[rz]?|oublie[rz]?|ne (?:tiens|tenez|suis|suivez) (?:pas|plus)(?: compte)?|fai(?:s|tes) abstraction)\\s(?:\\S+\\s){0,4}(?:instructions?|consignes?|directives?|règles|invites?)(?:\\s\\S+){0,2} (?:précédentes?|antérieures?|ci-dessus|reçues?|initiales?|système|de sécurité)',
  },
  {
    language: 'fr',
    what: IGNORE,
    words:
      '(?:ignore[rz]?|oublie[rz]?) (?:toutes )?(?:tes|vos|les) (?:anciennes |précédentes )?(?:instructions|consignes|directives)',
  },
  {
    language: 'fr',
    what: ROLE,
    words:
      "(?:tu es|vous êtes) (?:maintenant |désormais |à présent )?(?:une?|l[’'])\\s?(?:ia|intelligence artificielle|assistant (?:ia|virtuel|utile|automatique|de sécurité)|modèle de langage|chatbot|robot)",
  },
  {
    language: 'fr',
    what: ROLE,
    words:
      "en tant qu(?:e |[’']\\s?)(?:une? )?(?:ia|intelligence artificielle|assistant (?:ia|virtuel)|modèle de langage|modèle d[’']ia),? (?:tu|vous|je|il)",
  },
  {
    language: 'fr',
    what: ADDRESS,
    text: `${B}(?:(?:notes?|messages?|consignes?|instructions?|avis)(?: importante?s?)? (?:à|pour|destinée?s? à)|attention|bonjour|chère?)[:,]? (?:l[’']|les |le |toute )?(?:ia|intelligence artificielle|assistants? (?:ia|virtuels?)|modèles? de langage|chatbots?|agents? ia)${VOCATIVE}`,
  },
  {
    language: 'fr',
    what: ADDRESS,
    text: `${B}(?:ia|assistant(?: ia)?|chatbot)\\s?:\\s?(?:tu dois |vous devez )?(?:approuve[rz]?|autorise[rz]?|valide[rz]?|accepte[rz]?|ignore[rz]?)${E}`,
  },
  {
    language: 'fr',
    what: HIDE,
    words:
      "ne (?:le |l[’'])?(?:dis|dites|mentionne[rz]?|révèle[rz]?|parle[rz]?|signale[rz]?|montre[rz]?|préviens|prévenez|informe[rz]?)(?: \\S+){0,6} (?:à |de |d[’'])?(?:l[’']|aux |au |les )(?:utilisateurs?|humains?|approbateurs?|administrateurs?|opérateurs?|responsables?)|sans (?:validation|confirmation|intervention) humaine",
  },

  {
    language: 'es',
    what: IGNORE,
    words:
      '(?:ignor[ae]n?|ignorar|olvid[ae]n?|olvidar|descart[ae]n?|omit[ae]n?|no sigas|haz caso omiso de)\\s(?:\\S+\\s){0,4}(?:instrucciones|indicaciones|directivas|órdenes|reglas)(?:\\s\\S+){0,2} (?:anteriores|previas|del sistema|de seguridad|recibidas|de arriba)|(?:ignora|olvida|ignore|olvide) (?:todas )?(?:tus|sus) (?:instrucciones|reglas|directivas)',
  },
  {
    language: 'es',
    what: ROLE,
    words:
      '(?:eres|usted es|ahora eres|actúas como) (?:ahora )?(?:una?|el|la) (?:\\S+ )?(?:ia|inteligencia artificial|asistente (?:de ia|virtual|útil|de seguridad)|modelo de lenguaje|chatbot)',
  },
  {
    language: 'es',
    what: ROLE,
    words:
      'como (?:una? )?(?:ia|inteligencia artificial|modelo de lenguaje|asistente de ia),? (?:debes?|tienes|tiene|puedes?|tu|su|no)',
  },
  {
    language: 'es',
    what: ADDRESS,
    text: `${B}(?:(?:notas?|mensajes?|instruccione?s?|instrucción|avisos?)(?: importantes?)? (?:para|a)|atención|hola|estimad[ao])[:,]? (?:la |el |los |las |toda )?(?:ia|inteligencia artificial|asistentes? (?:de ia|virtual(?:es)?)|modelos? de lenguaje|chatbots?|agentes? de ia)${VOCATIVE}`,
  },
  {
    language: 'es',
    what: ADDRESS,
    text: `${B}(?:ia|asistente(?: de ia)?|chatbot)\\s?:\\s?(?:debes |debe )?(?:aprueb[ae]|aprobar|autoriz[ae]r?|permit[ae]|permitir|acept[ae]r?|ignor[ae]r?)${E}`,
  },
  {
    language: 'es',
    what: HIDE,
    words:
      '(?:no|sin) (?:se )?(?:lo )?(?:le |les )?(?:digas?|diga|decir|decírselo|mencion(?:es|e|ar)|revel(?:es|e|ar)|inform(?:es|e|ar)|avis(?:es|e|ar)|muestr(?:es|e)|mostrar)(?: \\S+){0,5} (?:al?|los|las) (?:usuarios?|humanos?|aprobador(?:es)?|administrador(?:es)?|operador(?:es)?)|sin (?:confirmación|revisión|aprobación) humana',
  },

  {
    language: 'pt',
    what: IGNORE,
    words:
      '(?:ignor[ae]m?|ignorar|esqueç?c?a|esquecer|desconsider[ae]r?|descart[ae]r?|não sig[ao])\\s(?:\\S+\\s){0,4}(?:instruções|orientações|diretrizes|diretivas|ordens|regras|comandos)(?:\\s\\S+){0,2} (?:anteriores|prévias|acima|do sistema|de segurança)|(?:ignore|esqueça) (?:todas )?(?:as )?(?:suas|tuas) (?:instruções|regras|diretrizes)',
  },
  {
    language: 'pt',
    what: ROLE,
    words:
      '(?:você é|tu és|agora você é|és agora) (?:agora )?(?:uma?|o|a) (?:\\S+ )?(?:ia|inteligência artificial|assistente (?:de ia|virtual|útil|de segurança)|modelo de linguagem|chatbot)',
  },
  {
    language: 'pt',
    what: ROLE,
    words:
      'como (?:uma? )?(?:ia|inteligência artificial|modelo de linguagem|assistente de ia),? (?:você|deves?|deve|tens|tem|podes?|não)',
  },
  {
    language: 'pt',
    what: ADDRESS,
    text: `${B}(?:(?:notas?|mensagem|mensagens|instruções|instrução|avisos?)(?: importantes?)? (?:para|à|ao|a)|atenção|olá|cara|caro)[:,]? (?:o |a |os |as |toda )?(?:ia|inteligência artificial|assistentes? (?:de ia|virtua(?:l|is))|modelos? de linguagem|chatbots?|agentes? de ia)${VOCATIVE}`,
  },
  {
    language: 'pt',
    what: ADDRESS,
    text: `${B}(?:ia|assistente(?: de ia)?|chatbot)\\s?:\\s?(?:deves? |você deve )?(?:aprov[ae]r?|autoriz[ae]r?|permit[ae]|permitir|aceit[ae]r?|ignor[ae]r?)${E}`,
  },
  {
    language: 'pt',
    what: HIDE,
    words:
      '(?:não|sem) (?:o |a |lhe )?(?:diga|digas|dizer|conte|contar|mencion(?:e|es|ar)|revel(?:e|es|ar)|inform(?:e|es|ar)|avis(?:e|es|ar)|mostr(?:e|es|ar))(?: \\S+){0,5} (?:ao|aos|o|os|à|às|para o) (?:usuários?|utilizador(?:es)?|humanos?|aprovador(?:es)?|administrador(?:es)?|operador(?:es)?)|sem (?:confirmação|revisão|aprovação) humana',
  },

  {
    language: 'it',
    what: IGNORE,
    words:
      '(?:ignora(?:re|te)?|ignori|dimentica(?:re|te)?|dimentichi|trascura(?:re)?|non seguire)\\s(?:\\S+\\s){0,4}(?:istruzioni|direttive|indicazioni|regole|ordini)(?:\\s\\S+){0,2} (?:precedenti|di sopra|sopra|iniziali|di sistema|di sicurezza|ricevute)|(?:ignora|dimentica) (?:tutte )?le tue (?:istruzioni|regole)|(?:ignora|ignori|ignorare|dimentica)\\s(?:\\S+\\s){0,2}precedenti (?:istruzioni|direttive|indicazioni)',
  },
  {
    language: 'it',
    what: ROLE,
    words:
      "(?:sei|lei è|ora sei|tu sei) (?:ora |adesso )?(?:una?|un[’']|il|l[’'])\\s?(?:\\S+ )?(?:ia|intelligenza artificiale|assistente (?:ia|ai|virtuale|utile|di sicurezza)|modello linguistico|chatbot)",
  },
  {
    language: 'it',
    what: ROLE,
    words:
      "(?:come|in quanto|in qualità di) (?:una? |un[’']\\s?)?(?:ia|intelligenza artificiale|modello linguistico|assistente (?:ia|ai)),? (?:devi|deve|puoi|può|non|hai)",
  },
  {
    language: 'it',
    what: ADDRESS,
    text: `${B}(?:(?:nota|note|messaggio|istruzioni|istruzione|avviso)(?: importante)? (?:per|a|al|all[’'])|attenzione|ciao|gentile)[:,]?\\s?(?:l[’']|la |il |gli |i |all[’'])?\\s?(?:ia|intelligenza artificiale|assistente (?:ia|ai|virtuale)|modell[oi] linguistic[oi]|chatbot|agente ia)${VOCATIVE}`,
  },
  {
    language: 'it',
    what: ADDRESS,
    text: `${B}(?:ia|assistente(?: ia| ai)?|chatbot)\\s?:\\s?(?:devi |deve )?(?:approva(?:re)?|approvi|autorizza(?:re)?|autorizzi|permetti|accetta|consenti|ignora)${E}`,
  },
  {
    language: 'it',
    what: HIDE,
    words:
      "(?:non|senza) (?:lo )?(?:dire|dirlo|dica|menzionare|menzionarlo|rivelare|rivelarlo|informare|avvisare|mostrare|mostrarlo|comunicare)(?: \\S+){0,5} (?:all[’']|al |agli |l[’']|gli )\\s?(?:utent[ei]|uman[oi]|approvator[ei]|amministrator[ei]|operator[ei])|senza (?:conferma|revisione|approvazione) umana",
  },

  {
    language: 'nl',
    what: IGNORE,
    words:
      '(?:negeer|negeren|vergeet|vergeten)\\s(?:\\S+\\s){0,3}(?:vorige|eerdere|voorgaande|bovenstaande|voorafgaande|je|jouw|uw|alle|systeem\\w*)\\s?(?:\\S+\\s){0,2}(?:instructies?|aanwijzingen|opdrachten|richtlijnen|regels|prompts?)',
  },
  {
    language: 'nl',
    what: ROLE,
    words:
      '(?:je bent|jij bent|u bent) (?:nu |voortaan )?(?:een|de) (?:\\S+ )?(?:ai|ai-\\w+|kunstmatige intelligentie|taalmodel|chatbot|digitale assistent|behulpzame assistent)',
  },
  {
    language: 'nl',
    what: ROLE,
    words:
      'als (?:een )?(?:ai|kunstmatige intelligentie|taalmodel|ai-(?:assistent|model|agent)),? (?:moet|mag|kun|kan|dien|ben|heb)',
  },
  {
    language: 'nl',
    what: ADDRESS,
    text: `${B}(?:(?:opmerking|bericht|instructies?|melding|notitie|mededeling|boodschap)(?: aan| voor)|let op|attentie|beste|hallo|aan)[:,]? (?:de |alle |het |elke )?(?:ai|ai-(?:assistent\\w*|modellen|model|agent\\w*)|taalmodel(?:len)?|chatbots?|kunstmatige intelligentie)${VOCATIVE}`,
  },
  {
    language: 'nl',
    what: ADDRESS,
    text: `${B}(?:ai|ai-\\w+|assistent|taalmodel|chatbot)\\s?:\\s?(?:je moet |u moet )?(?:keur\\w*|goedkeuren|sta \\S+ toe|accepteer|bevestig|negeer)${E}`,
  },
  {
    language: 'nl',
    what: HIDE,
    words:
      '(?:vertel|zeg|meld|toon|laat|noem|verklap)(?: \\S+){0,4} (?:niets?|niet)(?: \\S+){0,3} (?:aan )?(?:de )?(?:gebruiker|mens|beheerder|goedkeurder|beoordelaar)|(?:vertel|zeg|meld|toon)(?: \\S+){0,2} (?:de|aan de) (?:gebruiker|mens|beheerder|goedkeurder)(?: \\S+){0,3} (?:niets?|niet)|zonder menselijke \\w+',
  },

  {
    language: 'pl',
    what: IGNORE,
    words:
      '(?:zignoruj|ignoruj|zignorować|zapomnij o|pomiń|odrzuć)\\s(?:\\S+\\s){0,4}(?:instrukcj\\w+|polece\\w+|wskazów\\w+|wytyczn\\w+|zasad\\w*|reguł\\w*)(?:\\s\\S+){0,2}(?<=(?:poprzedni|wcześniejsz|powyższ|dotychczas|wszystk|swo|twoj|system)\\S*(?:\\s\\S+){0,3})',
  },
  {
    language: 'pl',
    what: ROLE,
    words:
      '(?:jesteś|jest pan|jest pani) (?:teraz |od teraz )?(?:\\S+ )?(?:sztuczną inteligencją|asystentem(?: ai| si)?|modelem językowym|chatbotem|botem|ai)',
  },
  {
    language: 'pl',
    what: ROLE,
    words:
      'jako (?:ai|sztuczna inteligencja|model językowy|asystent (?:ai|si)),? (?:musisz|powinieneś|powinnaś|masz|możesz|nie)',
  },
  {
    language: 'pl',
    what: ADDRESS,
    text: `${B}(?:(?:uwaga|wiadomość|informacja|instrukcj\\w|notatka|polecenie)(?: dla| do)?|drog[ai]|cześć)[:,]? (?:każdego |wszystkich )?(?:ai|sztucznej inteligencji|asystent(?:a|ów|cie|o)? (?:ai|si)|model(?:u|i)? językow\\w+|chatbot(?:a|ów|cie)?)${VOCATIVE}`,
  },
  {
    language: 'pl',
    what: ADDRESS,
    text: `${B}(?:ai|asystent(?:ie|cie)?(?: ai)?|chatbot)\\s?:\\s?(?:musisz )?(?:zatwierdź|zaakceptuj|zezwól|zatwierdzić|potwierdź|zignoruj)${E}`,
  },
  {
    language: 'pl',
    what: HIDE,
    words:
      'nie (?:mów|powiedz|wspominaj|ujawniaj|informuj|pokazuj|zgłaszaj)(?: \\S+){0,4} (?:użytkownik\\w+|człowiek\\w+|administrator\\w+|zatwierdzając\\w+|operator\\w+)|bez (?:potwierdzenia|udziału|zgody) (?:przez )?człowieka',
  },

  {
    language: 'ru',
    what: IGNORE,
    words:
      '(?:игнорируй\\p{L}*|проигнорируй\\p{L}*|забудь\\p{L}*|отбрось\\p{L}*|не следуй\\p{L}*)\\s(?:\\S+\\s){0,3}(?:предыдущ\\p{L}+|прежн\\p{L}+|прошл\\p{L}+|свои\\p{L}*|твои|ваши|все\\p{L}*|системн\\p{L}+|вышеуказанн\\p{L}+)\\s?(?:\\S+\\s){0,2}(?:инструкци\\p{L}+|указани\\p{L}+|правил\\p{L}*|команд\\p{L}*|директив\\p{L}*|промпт\\p{L}*)',
  },
  {
    language: 'ru',
    what: ROLE,
    words:
      '(?:ты|вы)(?: теперь| —| -)? (?:полезный |большая |виртуальный )?(?:ии|искусственный интеллект|ии[- ]\\p{L}+|ассистент|языковая модель|чат-?бот|виртуальный помощник)',
  },
  {
    language: 'ru',
    what: ROLE,
    words: 'как (?:ии|искусственный интеллект|языковая модель|ии-ассистент),? (?:ты|вы|должен|должны|обязан\\p{L}*)',
  },
  {
    language: 'ru',
    what: ADDRESS,
    text: `${B}(?:(?:примечание|сообщение|инструкция|указание|внимание|заметка|команда)(?: для)?|уважаем\\p{L}+|привет)[:,]? (?:всех )?(?:ии|ии-(?:ассистент\\p{L}*|агент\\p{L}*)|искусственного интеллекта|искусственный интеллект|ассистент(?:а|ов)? ии|языков\\p{L}+ модел\\p{L}+|чат-?бот\\p{L}*|нейросет\\p{L}+)${VOCATIVE}`,
  },
  {
    language: 'ru',
    what: ADDRESS,
    text: `${B}(?:ии|ии-ассистент|ассистент|нейросеть|чат-?бот)\\s?:\\s?(?:ты должен |немедленно )?(?:одобри\\p{L}*|разреши\\p{L}*|подтверди\\p{L}*|утверди\\p{L}*|игнорируй\\p{L}*)`,
  },
  {
    language: 'ru',
    what: HIDE,
    words:
      'не (?:говори\\p{L}*|сообщай\\p{L}*|упоминай\\p{L}*|показывай\\p{L}*|раскрывай\\p{L}*|рассказывай\\p{L}*)(?: \\S+){0,4} (?:пользовател\\p{L}+|человек\\p{L}*|администратор\\p{L}*|оператор\\p{L}*|согласующ\\p{L}+)|без (?:участия|подтверждения|проверки) человек\\p{L}*',
  },

  {
    language: 'zh',
    what: IGNORE,
    text: '(?:忽略|无视|無視|忘记|忘記|忽視|不要理会|不要遵守|不要遵循).{0,10}(?:之前|以前|先前|以上|上述|上面|此前|所有|全部|系统|系統|你的|原有|安全).{0,8}(?:指令|指示|提示|规则|規則|说明|說明|命令|要求|设定|設定)',
  },
  {
    language: 'zh',
    what: ROLE,
    text: '你(?:现在)?(?:現在)?是.{0,10}(?:人工智能|人工智慧|AI|语言模型|語言模型|助手|助理|机器人|機器人|聊天机器人)|作为.{0,3}(?:人工智能|AI|语言模型).{0,4}[,,]?.{0,2}你|作為.{0,3}(?:人工智慧|AI|語言模型).{0,4}[,,]?.{0,2}你',
  },
  {
    language: 'zh',
    what: ADDRESS,
    text: '(?:致|请|請|注意|提示|告知|通知|写给|寫給)[::,,]?\\s?(?:所有|各位)?(?:的)?(?:AI|人工智能|人工智慧|语言模型|語言模型|大模型)(?:助手|助理|系统|系統|模型|代理)?\\s?[::!!]',
  },
  {
    language: 'zh',
    what: ADDRESS,
    text: '(?:AI|人工智能|人工智慧|助手|助理|系统|系統|语言模型|語言模型)(?:助手|助理)?\\s?[::]\\s?(?:请|請|立即|马上|你必须|必须|直接){0,2}(?:批准|通过|通過|允许|允許|同意|核准|授权|授權|忽略)',
  },
  {
    language: 'zh',
    what: HIDE,
    text: '(?:不要|不得|勿|别|別|无需|無需|不必).{0,4}(?:告诉|告訴|告知|通知|提醒|透露|提及|显示|顯示).{0,6}(?:用户|用戶|使用者|管理员|管理員|审批人|審批人|人类|人類|操作员)|(?:无需|無需|不需要|跳过|跳過)(?:人工|人类|人類)(?:审核|審核|确认|確認|审批|審批)',
  },

  {
    language: 'ja',
    what: IGNORE,
    text: '(?:以前|これまで|前|上記|今まで|従来|すべて|全て|システム|元)(?:の)?.{0,8}(?:指示|命令|プロンプト|指令|ルール|規則|制約|設定)(?:を|は)?.{0,6}(?:無視|忘れ|破棄|従わない|従わず)',
  },
  {
    language: 'ja',
    what: ROLE,
    text: '(?:あなた|君|お前)は.{0,10}(?:AI|人工知能|言語モデル|アシスタント|チャットボット|エージェント)(?:です|だ|である|として)|(?:AI|人工知能|言語モデル|AIアシスタント)として.{0,4}[、,]?あなた',
  },
  {
    language: 'ja',
    what: ADDRESS,
    text: '(?:AI|人工知能|言語モデル|チャットボット|LLM)(?:アシスタント|モデル|エージェント)?(?:へ(?=[::、。,!!\\s]|$)|への(?:指示|注意|メッセージ|お願い|連絡|命令)|に告ぐ|の皆(?:様|さん)へ)\\s?[::、。,!!]?',
  },
  {
    language: 'ja',
    what: ADDRESS,
    text: '(?:AI|人工知能|アシスタント|システム|言語モデル)(?:アシスタント)?(?:は|よ)?\\s?[::、,]\\s?.{0,20}(?:承認し(?:ろ|て|なさい)|承認せよ|許可し(?:ろ|て|なさい)|許可せよ|無視し(?:ろ|て|なさい))',
  },
  {
    language: 'ja',
    what: HIDE,
    text: '(?:ユーザー|ユーザ|利用者|管理者|承認者|人間|担当者)(?:に|には|へ).{0,12}(?:伝えないで|知らせないで|言わないで|教えないで|表示しないで|報告しないで|通知せずに承認|知らせずに|言わずに)|人間の(?:確認|承認|審査)(?:なし|は不要|を省略)',
  },

  {
    language: 'ko',
    what: IGNORE,
    text: '(?:이전|앞선|위의|기존|모든|시스템)(?:의)?\\s?.{0,8}(?:지시|명령|지침|프롬프트|규칙)(?:\\p{L}{0,4})?\\s?.{0,4}(?:무시|잊)',
  },
  {
    language: 'ko',
    what: ROLE,
    text: '(?:당신은|너는|넌)\\s?.{0,10}(?:AI|인공지능|언어 ?모델|어시스턴트|챗봇)',
  },
  {
    language: 'ko',
    what: ADDRESS,
    text: '(?:AI|인공지능|언어 ?모델|챗봇)\\s?(?:어시스턴트|비서|모델|에이전트)?(?:에게|께|야)\\s?[::,]|(?:AI|인공지능|어시스턴트|시스템)\\s?[::,]\\s?.{0,10}(?:승인하|승인해|허용하|허용해|허가하)',
  },
  {
    language: 'ko',
    what: HIDE,
    text: '(?:사용자|관리자|승인자|사람)(?:에게|한테)(?:는)?\\s?.{0,12}(?:말하지|알리지|언급하지|보여주지)\\s?(?:마|말)',
  },

  {
    language: 'tr',
    what: IGNORE,
    words:
      '(?:önceki|daha önceki|yukarıdaki|tüm|bütün|geçmiş|sistem|kendi)\\s(?:\\S+\\s){0,3}(?:talimat\\p{L}*|yönerge\\p{L}*|komut\\p{L}*|kural\\p{L}*|emir\\p{L}*|istem\\p{L}*)\\s(?:\\S+\\s){0,2}(?:yok say\\p{L}*|görmezden gel\\p{L}*|unut|unutun\\p{L}*|dikkate alma\\p{L}*|göz ardı et\\p{L}*)',
  },
  {
    language: 'tr',
    what: ROLE,
    words:
      '(?:sen|siz) (?:artık |şimdi )?(?:bir )?(?:yapay zek[aâ]\\p{L}*|dil modeli\\p{L}*|sohbet robotu\\p{L}*|asistan\\p{L}*)|(?:bir )?(?:yapay zek[aâ]|dil modeli) (?:asistanı )?olarak,? (?:\\S+ )?(?:bu|onayla\\p{L}*|sen|siz|görevin\\p{L}*)',
  },
  {
    language: 'tr',
    what: ADDRESS,
    text: `${B}(?:dikkat|sayın|merhaba|sevgili|not)[:,]? (?:tüm )?(?:yapay zek[aâ]|dil modeli|sohbet robotu)(?: asistanı| modeli| ajanı)?${VOCATIVE}|${B}yapay zek[aâ](?:ya| asistanına| asistanlarına| modeline) (?:not|mesaj|talimat|uyarı)`,
  },
  {
    language: 'tr',
    what: ADDRESS,
    text: `${B}(?:yapay zek[aâ]|asistan|dil modeli)(?: asistanı)?\\s?:\\s?(?:hemen |bu (?:isteği|talebi) ){0,2}(?:onayla\\p{L}*|kabul et|izin ver\\p{L}*|yok say\\p{L}*)`,
  },
  {
    language: 'tr',
    what: HIDE,
    words:
      '(?:kullanıcıya|yöneticiye|onaylayana|insanlara|insana|operatöre)(?: \\S+){0,4} (?:söyleme|söylemeyin|bildirme|bildirmeyin|bahsetme|bahsetmeyin|gösterme|göstermeyin)|insan onayı olmadan',
  },
  {
    language: 'en',
    what: ADDRESS,
    words: `(?:if|when|in case|should) (?:an? |the |any |some )?(?:ai|llm|language model|chat ?bot|ai[- ](?:assistant|agent|model)) (?:is |are )?(?:read(?:s|ing)?|review(?:s|ing)?|process(?:es|ing)?|pars(?:e|es|ing)|summari[sz](?:e|es|ing)) (?:this|the (?:request|ticket|message))`,
  },
  {
    language: 'en',
    what: ANSWER,
    words: `when (?:you )?(?:summari[sz]e|summari[sz]ing) (?:this|the) (?:request|ticket|approval|message|note)s?`,
  },
  {
    language: 'en',
    what: ADDRESS,
    words: `(?:ai[- ](?:assistant|agent|model|reviewer|bot)|llm|language model)\\s?:\\s?(?:please )?(?:mark|treat|rate|classify|consider|recommend|skip|call|use|report)`,
  },
  {
    language: 'en',
    what: ROLE,
    words: `you (?:have been|are|were) (?:programmed|trained|configured|prompted) to (?:\\S+ ){0,2}(?:approve|permit|grant)`,
  },
  {
    language: 'en',
    what: IGNORE,
    words: `(?:your|all previous|all prior|all earlier) (?:system )?instructions (?:are|have been|were) (?:now |hereby )?(?:void|cancell?ed|revoked|overridden|superseded|lifted)`,
  },
  {
    language: 'en',
    what: IGNORE,
    words: `(?:ignore|disregard|forget) (?:all )?(?:of )?the above(?: text| message)? and (?:approve|permit|allow|grant|call|say|respond|reply|output)`,
  },
  {
    language: 'en',
    what: IGNORE,
    words: `(?:bypass|circumvent|violate|break) your (?:(?:safety|security|content|system) )?(?:guidelines|instructions|guardrails|filters|restrictions|programming)`,
  },
  {
    language: 'en',
    what: ADDRESS,
    text: `@(?:assistant|ai|copilot|chatgpt|gemini|bot)${E}\\s?[:,]?\\s?(?:please )?(?:approve|permit|allow|grant|ignore)`,
  },
  {
    language: 'en',
    what: ADDRESS,
    words: `(?:ai|llm|ai[- ](?:assistant|agent|model|reviewer)s?|language models?|chat ?bots?|assistants?) (?:must|should|shall) (?:recommend|advise) (?:approv\\w+|allowing|permitting)`,
  },
  {
    language: 'en',
    what: HIDE,
    words: `(?:hide|conceal|keep|withhold) (?:this|it|that|these \\w+) (?:hidden |secret )?from (?:the )?(?:user|human|approver|reviewer)`,
  },
  {
    language: 'de',
    what: IGNORE,
    words: `(?:vorherige|bisherige|frühere|obige|vorige|vorangegangene|deine|alle|system)\\w*\\s(?:\\S+\\s){0,2}(?:anweisung\\w*|instruktion\\w*|prompts?)\\s(?:\\S+\\s){0,2}(?:ignorier\\w*|vergess\\w*|missacht\\w*|verwerf\\w*|überschreib\\w*)|(?:anweisungen|instruktionen) oben (?:ignorier\\w*|vergess\\w*)`,
  },
  {
    language: 'nl',
    what: IGNORE,
    words: `(?:vorige|eerdere|voorgaande|bovenstaande|voorafgaande|alle|je|jouw)\\s(?:\\S+\\s){0,2}(?:instructies?|aanwijzingen|prompts?)\\s(?:\\S+\\s){0,2}(?:negeren|vergeten)`,
  },
];
