using PromptPlatform.Gateway;
using PromptPlatform.ServiceDefaults.Hosting;

return await ServiceProgram.RunAsync(args, builder => builder.AddGateway(), app => app.MapGateway());
