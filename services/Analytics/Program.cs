using PromptPlatform.Analytics;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;

return await ServiceProgram.RunAsync(
    args,
    builder => builder.AddServiceDefaults("analytics").AddAnalytics(),
    app => app.MapServiceDefaults().MapAnalytics(),
    BrokerCommands.Of("analytics"));
