using Gateway.Samples.Provider;

var app = StandIn.Build(args);
await app.StartAsync();
Console.WriteLine($"Stand-in provider on {string.Join(", ", app.Urls)}");
await app.WaitForShutdownAsync();
