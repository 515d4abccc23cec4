using System.Collections.Frozen;

namespace PromptPlatform.Inference.Language;

/// <summary>Common words and telling letters of the languages in Latin script that we tell apart.</summary>
internal static class LanguageProfiles
{
    /// <summary>Tags; a bit of a mask stands for the language at that place.</summary>
    public static readonly string[] Tags = ["en", "de", "es", "fr", "pt", "it"];

    private static readonly string[] Words =
    [
        "the and of to a in is that for it you with this on are be as at from or have an they which what how why not can write make "
        + "me my your our their give explain list show create would should could please help using use i we he she his her was were "
        + "will do does did about into between each than then there when where who all any some if but so hi hello thanks "
        + "following summarize translate describe compare generate find fix add best short new by has no tell need want today",

        "der die das und ist von zu den mit im für auf ein eine einen einem einer nicht sich auch als es an dem des wie bei aus nach "
        + "ich du er sie wir ihr mir mich dir uns was wer warum wann wo kann kannst bitte schreibe schreib erkläre erstelle gib mach "
        + "über macht machen oder aber wenn dass wird werden sind war hat haben sein mein meine meinen dein deine zum zur noch nur mehr alle "
        + "kurze kurzen hallo danke text übersetze fasse zusammen zeige liste soll muss möchte brauche hilfe folgenden diesen dieser gedicht",

        "el la los las un una unos unas y de del que en es por para con no se lo al como más pero sus su le ya o este esta esto estos "
        + "si porque muy sin sobre también me mi hay donde quien cuando qué cómo cuál cuándo por qué quiero escribe escribir explica "
        + "explícame haz crea dame ayuda ayúdame traduce resume lista necesito puedes tengo hola gracias son está ser entre cada todo "
        + "todos correo texto código siguiente breve hacer tu tus nos yo él ella ellos cuento carta",

        "le la les un une des et de du que qui en est pour dans ce cette ces pas sur avec au aux se ne plus par je tu il elle nous vous "
        + "ils mon ma mes ton ta tes son sa ses notre votre leur quoi comment pourquoi quand où quel quelle mais ou donc si être avoir "
        + "fait faire peux peut écris écrire explique expliquer donne donner crée résume traduis liste merci bonjour aide texte entre "
        + "comme très sans sont suis une d'un l'on c'est courriel suivant court sous lettre",

        "o a os as um uma uns umas e de do da dos das que em é por para com não se na no nas nos ao à mais como mas seu sua seus suas "
        + "ou este esta isto isso ele ela eles eu você vocês nós meu minha meus me te foi são está ser ter há também já muito sem sobre "
        + "quando onde quem qual porque escreva escrever explique faça crie dê ajude traduza resuma lista preciso quero pode olá oi "
        + "obrigado entre cada texto código seguinte breve fazer pelo pela até história carta",

        "il lo la i gli le un uno una e di del della dei delle dello che in è per con non si da al alla nel nella sul sulla come più ma "
        + "o questo questa questi queste io tu lui lei noi voi loro mio mia miei tuo tua suo sua sono era ho hai ha anche già molto "
        + "senza quando dove chi quale perché cosa scrivi scrivere spiega spiegami fai crea dammi aiutami traduci riassumi elenca elenco "
        + "vorrei puoi ciao grazie tra fra ogni testo codice seguente breve fare essere avere storia lettera",
    ];

    /// <summary>For each word, the languages that use it often.</summary>
    public static readonly FrozenDictionary<string, int> WordLanguages = Words
        .SelectMany((words, language) => words.Split(' ').Distinct().Select(word => (word, bit: 1 << language)))
        .GroupBy(entry => entry.word, entry => entry.bit)
        .ToFrozenDictionary(group => group.Key, group => group.Aggregate((a, b) => a | b), StringComparer.Ordinal);

    /// <summary>For letters that English lacks, the languages that write them.</summary>
    public static readonly FrozenDictionary<char, int> LetterLanguages = new (int Language, string Letters)[]
    {
        (1, "äöüß"), (2, "áéíóúñü¿¡"), (3, "àâçéèêëîïôùûœ"), (4, "áâãàçéêíóôõú"), (5, "àèéìòù"),
    }.SelectMany(entry => entry.Letters.Select(letter => (letter, bit: 1 << entry.Language)))
        .GroupBy(entry => entry.letter, entry => entry.bit)
        .ToFrozenDictionary(group => group.Key, group => group.Aggregate((a, b) => a | b));
}
