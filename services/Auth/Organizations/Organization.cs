using PromptPlatform.ServiceDefaults.Text;

namespace PromptPlatform.Auth.Organizations;

/// <summary>A tenant of the platform.</summary>
/// <param name="OrgId">Its id; later ones sort later.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="IsOperator">True for the one that runs the platform.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record Organization(Guid OrgId, string Name, bool IsOperator, DateTimeOffset CreatedAt)
{
    private const int MaxNameLength = 100;

    /// <summary>The id as the API shows it.</summary>
    public string PublicOrgId => PublicId.Format("org", OrgId);

    /// <summary>A new organisation.</summary>
    public static Organization Make(string name, bool isOperator, DateTimeOffset now)
    {
        TextRules.RequireText("name", name, MaxNameLength);
        return new Organization(Guid.CreateVersion7(now), name, isOperator, now);
    }
}
