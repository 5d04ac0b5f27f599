using System.Net;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Administration.Tests;

/// <summary>How operators prove themselves, and what ends it.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private RunningAdministration _running = null!;

    public async Task InitializeAsync() => _running = await RunningAdministration.StartAsync();

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task FirstOperator_IsMadeByAKeyThatIsGoodOnce()
    {
        var (key, text) = _running.Keys.Issue(
            Demo,
            OperatorKeyKind.Setup,
            "",
            OperatorRoles.TenantAdmin,
            TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(30)
        );
        Assert.True(await _running.Operators.AddKeyAsync(Demo, key, CancellationToken.None));
        var body = new
        {
            key = text.Reveal(),
            name = "ada",
            person = "Ada Sample",
            password = RunningAdministration.Password,
        };

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => SetUpAsync(body with { name = $"ada{number}" })));

        var (_, session) = Assert.Single(made, one => one.Status == HttpStatusCode.OK);
        Assert.All(
            made.Where(one => one.Status != HttpStatusCode.OK),
            one => Assert.NotEqual(HttpStatusCode.InternalServerError, one.Status)
        );
        Assert.Equal("tenant-admin", session.GetProperty("roles")[0].GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await SetUpAsync(body)).Status);
    }

    [Fact]
    public async Task Session_OpensWhatItsOperatorMay_AndEndsWithASuspension()
    {
        using var admin = await _running.NewOperatorAsync("ada", OperatorRoles.TenantAdmin);
        using var _ = await _running.NewOperatorAsync("ben", OperatorRoles.Viewer);
        using var boss = await _running.SignInAsync("ada");
        using var ben = await _running.SignInAsync("ben");
        Assert.Equal(HttpStatusCode.OK, (await ben.SendAsync(HttpMethod.Get, "agents")).Status);

        var suspended = await boss.SendAsync(
            HttpMethod.Patch,
            "operators/ben",
            new { suspended = true, reason = "left" },
            ("If-Match", "\"1\"")
        );

        Assert.Equal((HttpStatusCode.OK, true), (suspended.Status, suspended.Body.GetProperty("suspended").GetBoolean()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await ben.SendAsync(HttpMethod.Get, "agents")).Status);
    }

    [Fact]
    public async Task Change_FromABrowser_NeedsItsTokenAndOurOrigin()
    {
        using var _ = await _running.NewOperatorAsync("ada", OperatorRoles.TenantAdmin);
        using var ada = await _running.SignInAsync("ada");
        var token = new
        {
            name = "ci",
            roles = Array.Empty<string>(),
            days = 1,
            reason = "test",
        };

        Assert.Equal("csrf_refused", await CodeAsync(ada, token, ("Gateway-Csrf", "wrong")));
        Assert.Equal("csrf_refused", await CodeAsync(ada, token, ("Origin", "https://evil.example")));
        Assert.Equal("csrf_refused", await CodeAsync(ada, token, ("Origin", "null")));
        Assert.Equal(HttpStatusCode.Created, (await ada.SendAsync(HttpMethod.Post, "session/tokens", token)).Status);
    }

    [Fact]
    public async Task WrongPasswords_AreOneAnswer_AndSlowDownTheNext()
    {
        using var _ = await _running.NewOperatorAsync("ada", OperatorRoles.Viewer);
        using var client = new OperatorClient(_running.Address, token: null);
        var bodies = new List<string>();
        foreach (var name in new[] { "ada", "nobody", "ada", "ada" })
        {
            var (status, body) = await client.SendAsync(
                HttpMethod.Post,
                "sign-in",
                new
                {
                    tenant = "demo",
                    name,
                    password = "wrong password",
                }
            );
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            bodies.Add(body.GetProperty("detail").GetString()!);
        }

        Assert.Single(bodies.Distinct());
        // Until the wait is one that outlasts a slow machine: then the right password isn't looked at either.
        while (await WaitAsync(client, "wrong password") < 4) { }
        Assert.True(await WaitAsync(client, RunningAdministration.Password) > 0);
    }

    [Fact]
    public async Task Operator_ChangesNobodysPlatformRole_AndNotThemselves()
    {
        using var _ = await _running.NewOperatorAsync("ada", OperatorRoles.TenantAdmin);
        using var ada = await _running.SignInAsync("ada");

        var own = await ada.SendAsync(
            HttpMethod.Patch,
            "operators/ada",
            new { roles = new[] { "approver" }, reason = "x" },
            ("If-Match", "\"1\"")
        );
        var platform = await ada.SendAsync(
            HttpMethod.Post,
            "operators",
            new
            {
                name = "eve",
                roles = new[] { "platform-admin" },
                reason = "x",
            }
        );

        Assert.Equal("own_account", own.Body.GetProperty("code").GetString());
        Assert.Equal("role_missing", platform.Body.GetProperty("code").GetString());
        Assert.Equal(
            HttpStatusCode.PreconditionRequired,
            (await ada.SendAsync(HttpMethod.Delete, "operators/eve", new { reason = "x" })).Status
        );
    }

    [Theory]
    [InlineData("""{"password":"another horse battery","reason":"x"}""", false)]
    [InlineData("""{"person":"Ada","reason":"x"}""", false)]
    [InlineData("""{"roles":["platform-admin","viewer"],"reason":"x"}""", false)]
    [InlineData("""{"suspended":false,"reason":"x"}""", false)]
    [InlineData("""{"suspended":true,"password":"another horse battery","reason":"x"}""", false)]
    [InlineData("""{"suspended":true,"reason":"x"}""", true)]
    public async Task PlatformsAdministrator_IsSuspendedByATenants_AndNothingElse(string body, bool isDone)
    {
        using var _ = await _running.NewOperatorAsync("ada", OperatorRoles.TenantAdmin);
        using var __ = await _running.NewOperatorAsync("pia", OperatorRoles.PlatformAdmin);
        using var ada = await _running.SignInAsync("ada");

        var (status, answer) = await ada.SendAsync(HttpMethod.Patch, "operators/pia", JsonElement.Parse(body), ("If-Match", "\"1\""));

        var removed = await ada.SendAsync(
            HttpMethod.Delete,
            "operators/pia",
            new { reason = "x" },
            ("If-Match", isDone ? "\"2\"" : "\"1\"")
        );

        Assert.Equal(isDone ? HttpStatusCode.OK : HttpStatusCode.Forbidden, status);
        Assert.Equal("role_missing", removed.Body.GetProperty("code").GetString());
        Assert.Equal(isDone ? "" : "role_missing", isDone ? "" : answer.GetProperty("code").GetString());
    }

    [Fact]
    public async Task OnePerson_HasOneOperator()
    {
        using var _ = await _running.NewOperatorAsync("ada", OperatorRoles.TenantAdmin);
        using var ada = await _running.SignInAsync("ada");

        var (status, body) = await ada.SendAsync(
            HttpMethod.Post,
            "operators",
            new
            {
                name = "ada2",
                person = " ADA ",
                roles = new[] { "approver" },
                reason = "x",
            }
        );

        Assert.Equal((HttpStatusCode.Conflict, "person_taken"), (status, body.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"tenant":"demo","name":"x","password":"y","more":1}""")]
    [InlineData("""{"tenant":"demo","tenant":"demo","name":"x","password":"y"}""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task BodyThatIsNot_WhatTheOperationTakes_IsRefusedWithARemedy(string body)
    {
        using var client = new OperatorClient(_running.Address, token: null);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.Http.PostAsync("sign-in", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("invalid_request", problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("remedy").GetString()!);
    }

    /// <returns>The seconds that the next try must wait; 0 where this one was looked at, and was wrong.</returns>
    private static async Task<int> WaitAsync(OperatorClient client, string password)
    {
        using var response = await client.SendRawAsync(
            HttpMethod.Post,
            "sign-in",
            new
            {
                tenant = "demo",
                name = "ada",
                password,
            }
        );
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests });
        return (int)(response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SetUpAsync(object body)
    {
        using var client = new OperatorClient(_running.Address, token: null);
        return await client.SendAsync(HttpMethod.Post, "setup", body);
    }

    private static async Task<string?> CodeAsync(OperatorClient client, object body, params (string, string)[] headers) =>
        (await client.SendAsync(HttpMethod.Post, "session/tokens", body, headers)).Body.GetProperty("code").GetString();
}
