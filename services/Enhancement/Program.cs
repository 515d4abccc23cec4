using PromptPlatform.Enhancement;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;

return await ServiceProgram.RunAsync(
    args,
    builder => builder.AddServiceDefaults("enhancement").AddEnhancement(),
    app => app.MapServiceDefaults().MapEnhancement(),
    BrokerCommands.Of("enhancement"));
