using PromptPlatform.Catalog;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;

return await ServiceProgram.RunAsync(
    args,
    builder => builder.AddServiceDefaults("catalog").AddCatalog(),
    app => app.MapServiceDefaults().MapCatalog(),
    BrokerCommands.Of("catalog"));
