using Gateway.Clients;
using Microsoft.Extensions.Configuration;

// nuget-clients openai|anthropic runs the steps of that client; with a model and a prompt it asks once, and fails with what its user sees.
var settings = new ConfigurationBuilder().AddEnvironmentVariables().Build();
if (args is [var dialect, var model, var prompt])
{
    try
    {
        await (dialect == "openai" ? new OpenAiSteps(settings).AskAsync(model, prompt) : AnthropicSteps.AskAsync(model, prompt));
        return 0;
    }
    catch (Exception error)
    {
        await Console.Error.WriteLineAsync(error.Message);
        return 1;
    }
}

var steps = args switch
{
    ["openai"] => new OpenAiSteps(settings).All,
    ["anthropic"] => new AnthropicSteps().All,
    _ => throw new ArgumentException("Name openai or anthropic."),
};
await Steps.RunAsync(steps, new Uri($"{settings["SEEN_URL"]}/_seen"));
return 0;
