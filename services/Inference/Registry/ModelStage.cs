using PromptPlatform.ServiceDefaults.Errors;

namespace PromptPlatform.Inference.Registry;

/// <summary>What a version is used for.</summary>
internal enum ModelStage
{
    /// <summary>Registered and proven; not in memory.</summary>
    Candidate,

    /// <summary>In memory; answers whoever asks for it by name.</summary>
    Shadow,

    /// <summary>As shadow, one step before production.</summary>
    Canary,

    /// <summary>Serves.</summary>
    Production,

    /// <summary>Out of use.</summary>
    Retired,
}

/// <summary>The rules of stages. Small installations have no traffic to try a version on, so steps towards production may be left out.</summary>
internal static class ModelStages
{
    private static readonly string[] Names = ["candidate", "shadow", "canary", "production", "retired"];

    /// <summary>The name in contract and database.</summary>
    public static string NameOf(this ModelStage stage) => Names[(int)stage];

    /// <summary>The stage of a name from the database.</summary>
    public static ModelStage Read(string name) => (ModelStage)Array.IndexOf(Names, name);

    /// <summary>Stops a change that the rules forbid.</summary>
    /// <exception cref="RequestException">It is forbidden; the message says what to do instead.</exception>
    public static void CheckChange(string version, ModelStage from, ModelStage to)
    {
        if (from == to) throw Refused($"model {version} is in stage {to.NameOf()} already");
        if (from == ModelStage.Production) throw Refused($"model {version} serves: promote another version, or roll back, to take it out of production");
        if (from == ModelStage.Canary && to == ModelStage.Shadow) throw Refused($"model {version} is in stage canary, which is past shadow: promote or retire it");
    }

    internal static RequestException Refused(string detail) => RequestException.Unprocessable("model_stage", detail);
}
