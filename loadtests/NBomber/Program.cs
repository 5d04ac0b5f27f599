using System.Text;
using Gateway.LoadTests.Scenarios;
using NBomber.Contracts;
using NBomber.CSharp;

// One call after the other at a constant arrival rate: NBomber's own open model. It keeps bearer scenarios only, since a runtime secret
// shouldn't stand on a command line.
if (args is not [var address, var bearer])
{
    Console.Error.WriteLine("Give the target's address and a bearer key.");
    return 1;
}

const int PerSecond = 200;
using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

NBomberRunner
    .RegisterScenarios([.. ScenarioList.All.Where(scenario => !scenario.Signed).Select(Driven)])
    .WithReportFolder("artifacts/load/nbomber")
    .Run();
return 0;

ScenarioProps Driven(Gateway.LoadTests.Scenarios.Scenario scenario) =>
    NBomber
        .CSharp.Scenario.Create(scenario.Name, async _ => await SendAsync(scenario))
        .WithWarmUpDuration(TimeSpan.FromSeconds(5))
        .WithLoadSimulations(Simulation.Inject(PerSecond, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));

async Task<IResponse> SendAsync(Gateway.LoadTests.Scenarios.Scenario scenario)
{
    using var request = new HttpRequestMessage(new HttpMethod(scenario.Method), new Uri(new Uri(address), scenario.Path))
    {
        Content = new StringContent(scenario.Body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
    };
    request.Headers.Add("Authorization", $"Bearer {bearer}");
    using var response = await client.SendAsync(request, CancellationToken.None);
    var body = await response.Content.ReadAsStringAsync();
    return (int)response.StatusCode == scenario.Status && body.Contains(scenario.Marker, StringComparison.Ordinal)
        ? Response.Ok()
        : Response.Fail();
}
