import type { VagueWords } from './entry.ts';

const split = (words: string): readonly string[] => words.trim().split(/\s+/u);

/**
 * A reason in which nothing is left once these words are gone says nothing about what the program is for. They are the
 * content-free answers to "why do you need this?" and the small words between them, our own collection; names of programs,
 * people, departments or tasks are never in it.
 *
 * Source for the need of a stated purpose: ThreatLocker and Admin By Request both hand the requester's reason to the approver
 * as the only account of the purpose.
 */
export const VAGUE_REASONS: readonly VagueWords[] = [
  {
    language: 'any',
    words: split(`
      . .. ... - -- ? ! x xx xxx a aa aaa asd asdf asdfg qwe qwerty abc n/a na ok okay 1 12 123 1234 test tests
      testing test1 test123 lol hi hello`),
  },
  {
    language: 'en',
    words: split(`
      need needs needed require required requires want wanted work works working job business office use using used
      usage install installing installation run running open opening update updates updating upgrade download
      downloads downloaded software program programme app application file tool thing stuff setup important urgent
      urgently asap now today immediately quickly please pls plz thanks thank thx ty cheers regards approve approval
      allow access permission permissions admin rights request requested reason reasons purpose purposes because
      just only good fine safe trusted necessary fix help computer pc laptop new same again daily everyday normal
      regular general various other none nothing yes no idk dunno unknown i im i'm i’m my me we our us you your he
      she it its it's it’s is am are be was this that these the an to for of on in at with by and or so do does have
      has had get got can could would will must should some any all very really not as up`),
  },
  {
    language: 'de',
    words: split(`
      brauche brauch brauchen braucht benötige benötigen benötigt benoetigt notwendig nötig erforderlich arbeit
      arbeiten arbeite beruflich dienstlich geschäftlich büro nutzung nutzen benutzen verwenden installieren
      installation ausführen öffnen starten programm anwendung datei software tool wichtig dringend eilig sofort
      schnell heute jetzt bitte danke dank vielen grüße mfg lg freigabe freigeben freischalten genehmigen
      genehmigung zugriff rechte adminrechte grund keine keiner nichts aktualisierung aktualisieren neu neue rechner
      ja nein ich wir mein meine meinen meiner mir mich uns es das dies dieses diese der die den dem ein eine einen
      zu zum zur für fuer von im am auf mit und oder ist sind wird werden muss kann möchte will habe haben da weil
      so auch noch mal nur wegen meines`),
  },
  {
    language: 'fr',
    words: split(`
      besoin nécessaire necessaire requis travail travailler boulot bureau professionnel pro utilisation utiliser
      usage installer installation ouvrir lancer exécuter logiciel programme application appli fichier outil urgent
      urgence important vite rapidement maintenant merci svp stp cordialement bonjour plaît plait autoriser
      autorisation approuver accès droits raison aucune rien essai mise jour nouveau oui non je j'ai j’ai j ai on
      nous vous il me mon ma mes notre ce cet cette ça ca cela c’est c'est est le la les l un une des du de d à a au
      aux pour par avec en dans sur et ou y s s'il s’il te dois faut peux veux voudrais l'installer l’installer d'en
      très`),
  },
  {
    language: 'es',
    words: split(`
      necesito necesita necesario necesaria necesitamos requiero requerido trabajo trabajar oficina laboral uso usar
      utilizar instalar instalación abrir ejecutar programa aplicación archivo herramienta urgente importante rápido
      ahora hoy ya gracias favor saludos hola aprobar autorizar permitir permiso permisos acceso motivo razón
      ninguno ninguna nada prueba pruebas probar actualizar actualización nuevo sí si no yo me mi mis nos lo la los
      las el un una este esta esto ese eso es son de del al a para por con en y o que se tengo quiero puede muy
      mucho muchas xfa porfa`),
  },
  {
    language: 'pt',
    words: split(`
      preciso precisa precisamos necessito necessário necessária trabalho trabalhar serviço escritório uso usar
      utilizar instalar instalação abrir executar rodar programa aplicação aplicativo arquivo ficheiro ferramenta
      urgente importante rápido agora hoje já obrigado obrigada favor aprovar autorizar permitir liberar acesso
      motivo nenhum nada teste testar atualizar atualização novo sim não eu me meu minha o a os as um uma este esta
      isto isso é de do da ao à para pra por com em no na e ou que se tenho quero pode muito pfv pf`),
  },
  {
    language: 'it',
    words: split(`
      serve servono bisogno necessario necessaria richiesto lavoro lavorare lavorativo ufficio uso usare utilizzare
      utilizzo installare installazione aprire eseguire avviare programma applicazione file strumento urgente
      importante subito ora oggi grazie favore cortesia ciao salve approvare autorizzare permesso accesso motivo
      nessuno niente nulla prova provare aggiornare aggiornamento nuovo sì si no io mi mio mia ci lo la il i gli le
      un una uno questo questa è di del della dell al alla a per con in e o che ho devo voglio vorrei molto da`),
  },
  {
    language: 'nl',
    words: split(`
      nodig noodzakelijk vereist werk werken zakelijk kantoor gebruik gebruiken installeren installatie openen
      starten uitvoeren programma applicatie bestand software tool dringend belangrijk spoed snel nu vandaag graag
      alsjeblieft alstublieft aub ajb bedankt dank dankjewel groeten mvg goedkeuren toestemming toegang rechten
      reden geen niets testen updaten bijwerken nieuw nieuwe ja nee ik wij we mijn me het de een dit dat deze die is
      zijn heb hebben moet wil kan voor van op in met om te en of er u je zo`),
  },
  {
    language: 'pl',
    words: split(`
      potrzebuję potrzebuje potrzebne potrzebny potrzebna potrzeba wymagane wymagany konieczne praca pracy pracować
      służbowo służbowe biuro biura użycie użytku używać używam instalacja instalacji zainstalować otworzyć
      uruchomić program programu aplikacja aplikacji plik narzędzie pilne ważne szybko teraz dzisiaj proszę prosze
      dziękuję dzięki pozdrawiam zgoda zatwierdzić dostęp uprawnienia powód brak nic testy aktualizacja aktualizacji
      zaktualizować nowy tak nie ja mi mój moja mojej to ten ta tego jest są do dla na w z o i lub się muszę chcę
      mam mnie`),
  },
  {
    language: 'ru',
    words: split(`
      нужно нужен нужна нужны надо необходимо необходим требуется работа работы работе работать офис использование
      использования использовать установка установки установить открыть запуск запустить программа программу
      программы приложение файл срочно важно быстро сейчас сегодня пожалуйста спасибо прошу разрешите разрешить
      одобрить доступ права причина нет ничего тест проверка обновление обновления обновить новый да я мне мой моя
      моей мы нам это эта этот эту для по на в с и или очень чтобы уже хочу могу`),
  },
  {
    language: 'zh',
    words: split(`
      需要 工作 工作需要 工作用 办公 办公需要 业务需要 使用 需要使用 安装 需要安装 安装软件 软件 程序 更新 升级 测试 试用 试试 紧急 急 急用 重要 请批准 请审批 请通过 申请 谢谢 麻烦了 无 没有 必须
      打开 运行 下载 正常使用 日常使用 日常工作 需要用 要用 我需要 工作中使用 業務需要 測試 安裝 軟體 謝謝`),
  },
  {
    language: 'ja',
    words: split(`
      必要 必要です 必要なため 必要なので 業務 業務用 業務で使用 業務で使用するため 業務のため 業務上必要 業務に必要 仕事 仕事用 仕事で使う 仕事で使用 使用 使用するため 使いたい 利用 利用するため
      インストール インストールするため インストールしたい ソフト アプリ 更新 アップデート 確認 テスト 試験 緊急 至急 急ぎ 重要 お願いします よろしくお願いします 宜しくお願いします 承認お願いします
      承認してください なし 無し 特になし ありがとうございます`),
  },
  {
    language: 'ko',
    words: [
      '필요',
      '필요합니다',
      '필요해서',
      '업무',
      '업무용',
      '업무상',
      '업무상 필요',
      '작업',
      '사용',
      '설치',
      '업데이트',
      '테스트',
      '긴급',
      '급함',
      '중요',
      '부탁드립니다',
      '승인',
      '승인 부탁드립니다',
      '감사합니다',
      '없음',
    ],
  },
  {
    language: 'tr',
    words: split(`
      lazım gerekli gerekiyor gerek ihtiyaç ihtiyacım iş işim işi çalışma çalışmak ofis kullanım kullanmak
      kullanacağım kurulum kurmak yüklemek yükleme açmak çalıştırmak program programı uygulama yazılım dosya acil
      önemli hemen şimdi bugün lütfen teşekkürler teşekkür ederim sağol onay onaylayın izin erişim neden sebep yok
      hiç deneme güncelleme güncellemek yeni evet hayır ben bana benim biz bize bu şu o bir ve veya için ile var çok
      da de mi`),
  },
  {
    language: 'sv',
    words: split(`
      behöver behövs nödvändigt arbete arbetet jobb jobbet använda installera uppdatera uppdatering program
      programmet viktigt brådskande nu snälla tack inget jag vi det den detta för i på att och är mitt min`),
  },
];
