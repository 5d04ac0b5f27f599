using System.Globalization;
using Gateway.Cli.Calling;
using Gateway.Cli.Tests.Serving;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Testing.Recorder;
using Microsoft.AspNetCore.Http;

namespace Gateway.Cli.Tests.Touring;

/// <summary>
/// The way of one signed model call through the source of a real instance. Calls that are equal don't always go the same way: the first
/// ones fill caches, one in a second wakes what signs the journal's head, and now and then one finds something in use. So there are many,
/// and what counts is the shortest way that many of them went on threads of their own.
/// </summary>
internal static class Tour
{
    private const int Calls = 240;
    private const string Key = "standin-openai-key";
    private const string Question = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}""";

    /// <summary>The files that the call comes to, in the order in which it comes to them first, and how many digests it computes.</summary>
    public static async Task<(IReadOnlyList<TouredFile> Files, int Digests)> TakeAsync()
    {
        using var command = new InstrumentedCommand();
        await using var instance = await Instance.CreateAsync(Key, "standin-anthropic-key", "standin-crm-token");
        using var key = AgentKey.FromSecret(await instance.NewCredentialAsync("hmac"), Id<Agent>.Parse("assistant"), keyVersion: 1);
        var signer = new RequestSigner(
            key.Signing,
            new SigningIdentity(key.Tenant, Id<Workspace>.Parse("main"), Id<Agent>.Parse("assistant")),
            TimeProvider.System
        );

        await SpreadRatesAsync(instance.Folder.Governance);
        instance.Folder.Command = command.Path;
        instance.Folder.Settings["DOTNET_STARTUP_HOOKS"] = command.Hook;
        await instance.StartAsync();
        await ReadyForSignaturesAsync(instance, signer);
        var traces = Enumerable.Range(1, Calls).Select(i => Recording.Mark + i.ToString("x16", CultureInfo.InvariantCulture)).ToList();
        foreach (var trace in traces)
        {
            using var answer = await CallAsync(instance, signer, trace);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode && text.Contains("Stand-in answer", StringComparison.Ordinal), text);
        }

        await instance.StopAsync();
        var (lines, digests) = command.UsualWay(traces);
        return ([.. lines.CountBy(line => line.File).Select(file => new TouredFile(file.Key, file.Value))], digests);
    }

    /// <summary>
    /// The same limits over a longer time. By the samples' a call that comes some milliseconds late finds the one before forgotten, and is
    /// counted in another way: on a busy machine that would be most of them.
    /// </summary>
    private static async Task SpreadRatesAsync(string governance)
    {
        foreach (var file in Directory.EnumerateFiles(governance))
        {
            var text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(file, text.Replace("period: 1m", "period: 1h", StringComparison.Ordinal));
        }
    }

    /// <summary>An instance that has just started can't tell a replay yet.</summary>
    private static async Task ReadyForSignaturesAsync(Instance instance, RequestSigner signer)
    {
        int status;
        do
        {
            using var answer = await CallAsync(instance, signer, new string('1', 32));
            status = (int)answer.StatusCode;
        } while (status == StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<HttpResponseMessage> CallAsync(Instance instance, RequestSigner signer, string trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(instance.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(Question, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("traceparent", $"00-{trace}-0000000000000001-00");
        await signer.SignAsync(request, CancellationToken.None);
        return await instance.Client.SendAsync(request, CancellationToken.None);
    }
}
