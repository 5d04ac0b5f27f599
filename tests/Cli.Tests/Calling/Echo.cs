using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Cli.Tests.Calling;

/// <summary>A server that answers with what it got; the query can ask for a status, a decision, or an answer that waits half-way.</summary>
internal sealed class Echo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Echo(WebApplication app, string address) => (_app, Address) = (app, address);

    public string Address { get; }

    /// <summary>Set by a test to let a waiting answer go on.</summary>
    public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<Echo> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var app = builder.Build();
        app.Urls.Add(address);
        var echo = new Echo(app, address);
        app.Run(echo.AnswerAsync);
        await app.StartAsync();
        return echo;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>What it shows of the token that it was sent: a gateway withholds an answer that holds the token itself.</summary>
    public static string DigestOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Shown(string name, string value) =>
        name.Equals("x-crm-token", StringComparison.OrdinalIgnoreCase) ? DigestOf(value) : value;

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (http.Request.Path == "/slow")
        {
            await http.Response.WriteAsync("first\n");
            await http.Response.Body.FlushAsync();
            await GoOn.Task;
            await http.Response.WriteAsync("last\n");
            return;
        }

        http.Response.StatusCode = int.TryParse(http.Request.Query["status"], out var status) ? status : 200;
        if (http.Request.Query["decision"] is [{ } decision])
        {
            http.Response.Headers["Gateway-Decision"] = decision;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            JsonSerializer.Serialize(
                new JsonObject
                {
                    ["method"] = http.Request.Method,
                    ["headers"] = new JsonObject(
                        http.Request.Headers.Select(h =>
                            KeyValuePair.Create(h.Key.ToLowerInvariant(), (JsonNode?)Shown(h.Key, h.Value.ToString()))
                        )
                    ),
                    ["body"] = Convert.ToBase64String(body.ToArray()),
                }
            )
        );
    }
}
