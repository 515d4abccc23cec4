namespace PromptPlatform.Load;

/// <summary>Prompts of different kinds and lengths; a number makes each request its own.</summary>
internal static class Prompts
{
    private static readonly string[] Texts =
    [
        "write a function that merges two sorted lists in python",
        "Explain how a heat pump works to a twelve year old.",
        "Fix this: `for i in range(len(a)): a.remove(a[i])` raises IndexError and I do not see why.",
        "A train leaves at 9:40 and arrives at 13:05 with a stop of 25 minutes. How long does it move?",
        "Write a polite mail to our landlord: the heating in flat 12 has been broken since Monday.",
        "Translate into French: 'The meeting is postponed until further notice.'",
        "Give me ten names for a bakery that only sells bread from rye.",
        "Summarise the following in three sentences: " + Paragraph,
        "Plane eine dreitägige Reise nach Dresden für zwei Erwachsene mit Kind, Budget 600 Euro.",
        "Which of these are fruits: tomato, carrot, cucumber, leek, aubergine? Answer as a JSON array.",
        "You are a patient chess teacher. Tell me what is wrong with 1. f3 e5 2. g4.",
        "Compare renting and buying a flat in a city where prices rise by 3 % a year.",
    ];

    private const string Paragraph =
        "The council discussed the new tram line on Tuesday. Several members asked for a second study of the cost, which has grown from 48 to 61 million. "
        + "The mayor argued that each year of delay adds about 2 million. A vote was put off until the figures of the regional transport office are in.";

    public static string Of(int turn) => $"{Texts[turn % Texts.Length]} ({turn})";
}
