using PromptPlatform.Inference;
using PromptPlatform.ServiceDefaults;
using PromptPlatform.ServiceDefaults.Hosting;

return await ServiceProgram.RunAsync(
    args,
    builder => builder.AddServiceDefaults("inference").AddInference(),
    app => app.MapServiceDefaults().MapInference());
