using Gateway.Connectors.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Gateway.Cli.Tests.Remote;

/// <summary>Whatever answers in a Gateway's place, or doesn't: it is said what, where, and what to do, and no token goes astray.</summary>
public sealed class ConnectionTests(ServedGateway gateway) : IClassFixture<ServedGateway>, IDisposable
{
    private readonly CommandFolder _elsewhere = CommandFolder.Empty();

    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task Nothing_ThatListens_IsSaidWithTheAddress()
    {
        var address = $"http://127.0.0.1:{Gateway.Testing.FreePort.Next()}";
        await PointAsync(address);

        await FailsAsync("Nothing answers", address, "Gateway:Administration:Urls");
    }

    [Fact]
    public async Task Name_ThatNobodyKnows_IsSaid()
    {
        await PointAsync("https://gateway.invalid:8090");

        await FailsAsync("gateway.invalid:8090", "name");
    }

    [Fact]
    public async Task Certificate_ByAnAuthorityThatIsNotKnown_IsRefused()
    {
        await PointAsync(gateway.SecureAddress);
        await FailsAsync(gateway.SecureAddress, "of this machine", "--ca");

        Gateway.Testing.TestCertificates.Write(_elsewhere.Root);
        _elsewhere.Settings["GATEWAY_ADMIN_CA"] = _elsewhere.FileOf("ca.pem");
        await FailsAsync(gateway.SecureAddress, "of the given file", "--ca");
    }

    [Fact]
    public async Task Certificate_ForAnotherName_IsRefused()
    {
        await PointAsync(gateway.SecureAddress.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        _elsewhere.Settings["GATEWAY_ADMIN_CA"] = gateway.CaFile;

        await FailsAsync("another name");
    }

    [Fact]
    public async Task Listener_ThatSpeaksNoTls_AndOneThatSpeaksNothingElse_AreSaid()
    {
        await PointAsync(gateway.Address.Replace("http:", "https:", StringComparison.Ordinal));
        await FailsAsync("no TLS");

        await PointAsync(gateway.SecureAddress.Replace("https:", "http:", StringComparison.Ordinal));
        await FailsAsync(gateway.SecureAddress.Replace("https:", "http:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_ThatDoesNotHold_IsSaid()
    {
        await PointAsync(gateway.Address);
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = ServedGateway.ForeignToken();

        var run = (await _elsewhere.RunAsync("approvals list")).Ended(6);
        Assert.Contains("unauthenticated", run.Error, StringComparison.Ordinal);
        Assert.Contains("the environment", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_elsewhere.Settings["GATEWAY_ADMIN_TOKEN"], run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AgentsDoors_AreNotTheOperatorsListener()
    {
        await PointAsync(gateway.AgentsAddress);

        Assert.NotEqual(0, (await _elsewhere.RunAsync("approvals list")).Exit);
    }

    [Fact]
    public async Task WhatIsNoGateway_IsSaid_AndNotBelieved()
    {
        await using var other = await OtherAsync();
        await PointAsync(other.Urls.Single());

        foreach (var kind in (string[])["page", "shape", "array", "broken", "long", "problem", "redirect"])
        {
            _answer = kind;
            await FailsAsync("isn't the operators' listener");
        }

        Assert.Equal(0, _followed);
        _answer = "hostile";
        var run = (await _elsewhere.RunAsync("approvals list")).Ended(6);
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.DoesNotContain('‮', run.Error);
    }

    [Fact]
    public async Task View_ThatIsNotWhatItsDigestSays_IsNotShown_AndNotVotedOn()
    {
        await using var other = await OtherAsync();
        await PointAsync(other.Urls.Single());
        _answer = "swapped";

        var shown = (await _elsewhere.RunAsync("approvals show apr_a")).Ended(6);
        Assert.Contains("isn't what is to be approved", shown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("another-amount", shown.Output, StringComparison.Ordinal);
        (await _elsewhere.RunAsync($"approvals approve apr_a --view {new string('a', 64)} --reason x")).Ended(6);
        Assert.Equal(0, _changes);
    }

    [Fact]
    public async Task ProxyOfTheEnvironment_IsNotUsed()
    {
        await PointAsync(gateway.SecureAddress);
        _elsewhere.Settings["GATEWAY_ADMIN_CA"] = gateway.CaFile;
        foreach (var name in (string[])["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"])
        {
            _elsewhere.Settings[name] = $"http://127.0.0.1:{Gateway.Testing.FreePort.Next()}";
        }

        (await _elsewhere.RunAsync("approvals list")).Ended(0);
    }

    [Fact]
    public async Task Change_WhoseAnswerNeverComes_IsSaidToBeInDoubt()
    {
        await using var other = await OtherAsync();
        await PointAsync(other.Urls.Single());
        _answer = "abort";

        var run = (await _elsewhere.RunAsync("approvals revoke apr_a --reason x")).Ended(1);
        Assert.Contains("isn't known", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("isn't known", (await _elsewhere.RunAsync("approvals list")).Ended(1).Error, StringComparison.Ordinal);
    }

    private string _answer = "";
    private int _followed;
    private int _changes;

    private async Task<WebApplication> OtherAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Map("/followed", () => Interlocked.Increment(ref _followed));
        app.MapFallback(AnswerAsync);
        await app.StartAsync();
        return app;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        _ = HttpMethods.IsGet(http.Request.Method) ? 0 : Interlocked.Increment(ref _changes);
        http.Response.ContentType = "application/json";
        switch (_answer)
        {
            case "page":
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<html>");
                break;
            case "shape":
                await http.Response.WriteAsync("""{"items": [{"id": 1}]}""");
                break;
            case "array":
                await http.Response.WriteAsync("[]");
                break;
            case "broken":
                await http.Response.WriteAsync("{");
                break;
            case "long":
                await WriteForeverAsync(http);
                break;
            case "problem":
                http.Response.StatusCode = 500;
                await http.Response.WriteAsync("""{"code": "x"}""");
                break;
            case "redirect":
                http.Response.Redirect("/followed");
                break;
            case "hostile":
                http.Response.StatusCode = 404;
                http.Response.ContentType = "application/problem+json";
                await http.Response.WriteAsync("""{"code": "c\u001b[2J", "detail": "\u202e\u001b[1A", "remedy": "r\u001b"}""");
                break;
            case "swapped":
                await http.Response.WriteAsync(
                    http.Request.Path.Value!.EndsWith("/view", StringComparison.Ordinal)
                        ? """{"arguments":"another-amount"}"""
                        : $$"""
                        {"id": "apr_a", "state": "pending", "agent": "a", "gates": [], "needed": 1, "at": "2031-01-01T00:00:00Z",
                         "expires_at": "2031-01-01T00:00:00Z", "decision_id": "d", "action_sha256": "", "votes": [],
                         "view_sha256": "{{new string('a', 64)}}"}
                        """
                );
                break;
            case "abort":
                http.Abort();
                break;
        }
    }

    private static async Task WriteForeverAsync(HttpContext http)
    {
        var much = new byte[1024 * 1024];
        while (!http.RequestAborted.IsCancellationRequested)
        {
            try
            {
                await http.Response.Body.WriteAsync(much, http.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    private async Task FailsAsync(params string[] said)
    {
        var run = (await _elsewhere.RunAsync("approvals list")).Ended(1);
        Assert.All(said, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("gwo_", run.Output + run.Error, StringComparison.Ordinal);
    }

    private async Task PointAsync(string address)
    {
        _elsewhere.Settings["GATEWAY_ADMIN_ADDRESS"] = address;
        var name = "op-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(8, lowercase: true);
        await gateway.AddOperatorAsync(name, OperatorRoles.Viewer | OperatorRoles.Approver);
        _elsewhere.Settings["GATEWAY_ADMIN_TOKEN"] = await gateway.NewTokenAsync(name, OperatorRoles.Viewer | OperatorRoles.Approver);
    }
}
