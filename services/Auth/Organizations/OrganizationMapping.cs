using Google.Protobuf.WellKnownTypes;
using Message = PromptPlatform.Contracts.Auth.V1.Organization;

namespace PromptPlatform.Auth.Organizations;

/// <summary>Organisations between contract and code.</summary>
internal static class OrganizationMapping
{
    public static Message ToMessage(this Organization organization) => new()
    {
        Id = organization.PublicOrgId,
        Name = organization.Name,
        CreatedAt = organization.CreatedAt.ToTimestamp(),
    };
}
