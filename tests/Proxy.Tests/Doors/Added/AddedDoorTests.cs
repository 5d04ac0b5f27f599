using System.Net;
using System.Text.Json;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Tests.Architecture;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Doors.Added;

/// <summary>A door more is a folder and a line in the table: everything else asks the door that travels with the call.</summary>
public sealed class AddedDoorTests : IAsyncLifetime
{
    private readonly ScriptedUpstream _upstream = new();
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartWithAsync(
            _provider.Address,
            DoorDocuments.All(_upstream.Address),
            services => services.AddSingleton<IDoor, AddedDoor>()
        );
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Call_that_is_allowed_goes_out_and_is_on_record()
    {
        _upstream.Answer("added-works", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

        using var response = await PostAsync("prober", "/added/odd", "added-works");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var recorded = Recorded.Find(_gateway.JournalPath, response);
        Assert.Equal("allow", recorded.Decision!.Value.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Refusal_has_the_doors_own_shape()
    {
        using var response = await PostAsync("blocked", "/added/odd", "never");

        Assert.Equal("application/x-added+json", response.Content.Headers.ContentType?.MediaType);
        var body = await ReadAsync(response);
        Assert.False(string.IsNullOrEmpty(body.GetProperty("added_refusal").GetString()));
        Assert.Equal("block", body.GetProperty("decision").GetString());
    }

    [Fact]
    public async Task Stream_that_is_cut_ends_with_the_doors_own_event()
    {
        _upstream.Answer("added-cut", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 1000\r\n\r\ndata: one\n\n");

        using var response = await PostAsync("prober", "/added/odd", "added-cut");

        Assert.Contains("event: added\ndata: {\"added_refusal\":", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dry_run_is_answered_in_the_doors_own_shape()
    {
        using var response = await PostAsync("trial", "/added/odd", "never");

        var body = await ReadAsync(response);
        Assert.StartsWith("dry-run-", body.GetProperty("added_dry_run").GetString(), StringComparison.Ordinal);
        Assert.True(body.GetProperty("gateway").GetProperty("dry_run").GetBoolean());
    }

    [Fact]
    public async Task List_of_the_door_is_answered_like_every_reading()
    {
        using var response = await SendAsync("prober", _gateway.Request(HttpMethod.Get, "/added/"));

        Assert.Contains("odd", (await ReadAsync(response)).EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("allow", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
    }

    /// <summary>
    /// What a shipped door costs outside of its folder: its line in the table, and its name in the model and in what lists names.
    /// </summary>
    [Theory]
    [InlineData("OpenAi")]
    [InlineData("Anthropic")]
    [InlineData("Tools")]
    [InlineData("Receipts")]
    public void Door_is_named_in_the_table_and_in_at_most_four_files_more(string folder)
    {
        var own = Path.Combine("Doors", folder) + Path.DirectorySeparatorChar;
        var namesIt = new[] { $"Door.{(folder == "Tools" ? "Tool" : folder)}", $"Gateway.Proxy.Doors.{folder}" };

        var files = Product
            .Parts.SelectMany(part => part.SourceFiles)
            .Where(file => !file.Contains(own, StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Any(line => namesIt.Any(name => Mentions(line, name))))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .ToList();

        Assert.Contains(files, file => file.EndsWith("DoorTable.cs", StringComparison.Ordinal));
        Assert.True(files.Count <= 5, $"{folder} is named in {files.Count} files outside its folder:\n{string.Join('\n', files)}");
    }

    private static bool Mentions(string line, string name)
    {
        var at = line.IndexOf(name, StringComparison.Ordinal);
        return at >= 0 && (at + name.Length == line.Length || !char.IsLetterOrDigit(line[at + name.Length]));
    }

    private Task<HttpResponseMessage> PostAsync(string agent, string path, string word) =>
        SendAsync(agent, _gateway.Request(HttpMethod.Post, path, $"{{\"word\":\"{word}\"}}"));

    private async Task<HttpResponseMessage> SendAsync(string agent, HttpRequestMessage request)
    {
        request.Headers.Add("Authorization", $"Bearer {await _gateway.NewBearerAsync(agent)}");
        return await _gateway.SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
