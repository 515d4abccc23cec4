using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PromptPlatform.ServiceDefaults.Tests")]
[assembly: InternalsVisibleTo("PromptPlatform.Auth.Tests")]
