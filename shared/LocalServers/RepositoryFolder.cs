namespace PromptPlatform.LocalServers;

/// <summary>The checkout that the running program was built in.</summary>
public static class RepositoryFolder
{
    /// <summary>The folder that holds <c>global.json</c> above the running program, or null when it runs elsewhere (a container, an installed copy).</summary>
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
