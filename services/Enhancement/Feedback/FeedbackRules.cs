using PromptPlatform.Contracts.Enhancement.V1;
using PromptPlatform.Enhancement.Reading;
using PromptPlatform.ServiceDefaults.Errors;
using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Enhancement.Feedback;

/// <summary>Checks of feedback at the edge.</summary>
internal static class FeedbackRules
{
    private const int MaxComment = 2000;

    public static void Check(SubmitFeedbackRequest request)
    {
        TextRules.OneOf("rating", request.Rating, "", "up", "down");
        TextRules.OneOf("outcome", request.Outcome, "", "completed", "failed");
        if (request.HasStars && request.Stars is < 1 or > 5)
            throw RequestException.Invalid("stars", $"is {request.Stars}; give 1 to 5");
        TextRules.CheckText("chosenVariation", request.ChosenVariation, 64);
        TextRules.CheckText("correctedText", request.CorrectedText, PromptInput.MaxLength);
        TextRules.CheckText("comment", request.Comment, MaxComment);
        bool empty = request.Rating.Length == 0 && request.Outcome.Length == 0 && !request.HasStars
            && request.ChosenVariation.Length == 0 && request.CorrectedText.Length == 0 && request.Comment.Length == 0;
        if (empty)
            throw RequestException.Invalid("rating", "and every other field is empty; give at least one of rating, stars, chosenVariation, correctedText, outcome, comment");
    }

    public static void CheckVariation(string chosen, EnhanceResponse enhancement)
    {
        if (chosen.Length > 0 && enhancement.Variations.All(v => v.Id != chosen))
        {
            throw RequestException.Invalid("chosenVariation", enhancement.Variations.Count == 0
                ? "is given, but this enhancement has no variations; leave it out"
                : $"is no variation of this enhancement; send one of {string.Join(", ", enhancement.Variations.Select(v => v.Id))}");
        }
    }
}
