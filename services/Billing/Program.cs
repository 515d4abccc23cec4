using PromptPlatform.Billing;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;

return await ServiceProgram.RunAsync(
    args,
    builder => builder.AddServiceDefaults("billing").AddBilling(),
    app => app.MapServiceDefaults().MapBilling(),
    BrokerCommands.Of("billing"));
