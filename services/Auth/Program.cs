using PromptPlatform.Auth;
using PromptPlatform.Messaging.Broker;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;

return await ServiceProgram.RunAsync(
    args,
    builder => builder.AddServiceDefaults("auth").AddAuth(),
    app => app.MapServiceDefaults().MapAuth(),
    [new ServiceCommand("create-operator", AuthBootstrap.CreateOperatorAsync), .. BrokerCommands.Of("auth")]);
