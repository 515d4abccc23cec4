using PromptPlatform.Analytics;
using PromptPlatform.Auth;
using PromptPlatform.Billing;
using PromptPlatform.Catalog;
using PromptPlatform.Enhancement;
using PromptPlatform.Gateway;
using PromptPlatform.Inference;
using PromptPlatform.Standalone;

// Waves start one after the other and stop backwards, PostgreSQL last; within a wave all start together.
return await StandaloneRun.RunAsync(args,
[
    [FleetMember.Service("auth", builder => builder.AddAuth(), app => app.MapAuth())],
    [
        FleetMember.Service("catalog", builder => builder.AddCatalog(), app => app.MapCatalog()),
        FleetMember.Service("inference", builder => builder.AddInference(), app => app.MapInference()),
        FleetMember.Service("analytics", builder => builder.AddAnalytics(), app => app.MapAnalytics()),
        FleetMember.Service("billing", builder => builder.AddBilling(), app => app.MapBilling()),
    ],
    [FleetMember.Service("enhancement", builder => builder.AddEnhancement(), app => app.MapEnhancement())],
    [new FleetMember("gateway", builder => builder.AddGateway(), app => app.MapGateway(), HasDatabase: false)],
]);
