using PromptPlatform.Catalog;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;

return await ServiceProgram.RunAsync(
    args,
    builder => builder.AddServiceDefaults("catalog").AddCatalog(),
    app => app.MapServiceDefaults().MapCatalog());
