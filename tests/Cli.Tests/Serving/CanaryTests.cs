using System.Text;

namespace Gateway.Cli.Tests.Serving;

/// <summary>Secrets that can be recognised go through everything that can happen, and are then looked for everywhere.</summary>
public sealed class CanaryTests
{
    private const string OpenAi = "canary-openai-4f1d9c";
    private const string Anthropic = "canary-anthropic-7b22e0";
    private const string Crm = "canary-crm-93ab5d";

    [Fact]
    public async Task No_secret_is_in_any_log_journal_error_or_answer()
    {
        await using var instance = await Instance.CreateAsync(OpenAi, Anthropic, Crm);
        var bearer = await instance.NewCredentialAsync("bearer");
        var secret = await instance.NewCredentialAsync("hmac");
        foreach (var category in new[] { "Default", "Microsoft.AspNetCore", "Yarp" })
        {
            instance.Folder.Settings[$"Logging__LogLevel__{category}"] = "Trace";
        }

        await instance.StartAsync();

        var answers = new StringBuilder();
        foreach (var text in new[] { "hello", "!error 500", "!error 401", "!half", "!reset", "!garbage", "!fail" })
        {
            answers.Append(await SayAsync(instance, bearer, text, stream: false));
            answers.Append(await SayAsync(instance, bearer, text, stream: true));
        }

        answers.Append(await SayAsync(instance, bearer + "x", "hello", stream: false));
        foreach (
            var call in new[]
            {
                "GET /tools/crm/contacts",
                "GET /tools/crm/contacts/c-1",
                "DELETE /tools/crm/contacts/c-1",
                "GET /tools/nothing/here",
                "PUT /tools/crm/contacts/c-1/tags",
            }
        )
        {
            answers.Append(await CallAsync(instance, secret, call));
        }

        using var seen = await instance.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, instance.Provider + "/_seen"),
            CancellationToken.None
        );
        var upstream = await seen.Content.ReadAsStringAsync();
        await instance.StopAsync();

        foreach (var canary in new[] { OpenAi, Anthropic, Crm })
        {
            Assert.DoesNotContain(canary, answers.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(canary, instance.Log, StringComparison.Ordinal);
            Assert.Empty(instance.Folder.FilesWith(canary));
        }

        foreach (var own in new[] { bearer, secret, Secret(bearer), Secret(secret) })
        {
            Assert.DoesNotContain(own, answers.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(own, instance.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(own, upstream, StringComparison.Ordinal);
            Assert.Empty(instance.Folder.FilesWith(own));
        }

        // The test can fail: the canary is where it belongs.
        Assert.Contains(OpenAi, upstream, StringComparison.Ordinal);
        Assert.Contains(Crm, upstream, StringComparison.Ordinal);
        Assert.Contains("dbug: Microsoft.AspNetCore", instance.Log, StringComparison.Ordinal);
    }

    /// <summary>The part that is secret: behind the public id, without the checksum.</summary>
    private static string Secret(string key) => key[(key.LastIndexOf('.') + 1)..^6];

    private static async Task<string> SayAsync(Instance instance, string bearer, string text, bool stream)
    {
        try
        {
            using var answer = await instance.ChatAsync(bearer, text, stream);
            return $"{answer}\n{await answer.Content.ReadAsStringAsync()}\n";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return e.ToString(); // Cut, as it should be.
        }
    }

    private static async Task<string> CallAsync(Instance instance, string secret, string call)
    {
        instance.Folder.Settings["GATEWAY_AGENT_SECRET"] = secret;
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        string said;
        do
        {
            // Signed anew until an instance that has just started can tell a replay.
            var run = await instance.Folder.RunAsync([
                "call",
                method,
                new Uri(instance.Address, path).ToString(),
                "--tenant",
                "demo",
                "--workspace",
                "main",
                "--agent",
                "assistant",
                "--include",
            ]);
            said = run.Output + run.Error;
        } while (said.Contains("not_ready", StringComparison.Ordinal));

        return said;
    }
}
