using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Gateway.Administration.Tests.Console;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Notices;
using Gateway.Proxy.Tests.Running;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Gateway.Administration.Tests.Stories;

/// <summary>
/// One payment from its refusal to its receipt: people are told, one approves on the page and one by the command from another machine, and
/// it is carried out once. What is refused on the way is refused for its reason, and every step is on record.
/// </summary>
public abstract class ApprovalStory(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Body = """{"contact":"c-1","amount":10}""";
    private const int Many = 200;
    private const string Hook = "vault://local/hook#key";

    private readonly TemporaryDirectory _folder = new();
    private NetworkNamespace? _elsewhere;
    private Uri _secure = null!;
    private WebhookReader _hook = null!;
    private RequestSigner _signer = null!;

    /// <summary>Where the agent asks first, and where the page is.</summary>
    protected RunningAdministration First { get; private set; } = null!;

    /// <summary>Where the agent waits, and where the command goes; the first itself where there is one.</summary>
    protected RunningAdministration Other { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _elsewhere = NetworkNamespace.TryMake();
        if (_elsewhere is null)
        {
            return; // The fact says so.
        }

        _secure = new Uri($"https://{_elsewhere.Here}:{FreePort.Next()}");
        TestCertificates.Write(_folder.Path, _elsewhere.Here);
        _hook = await WebhookReader.StartAsync();
        (First, Other) = await StartAsync(
            RunningAdministration.Documents
                + $$"""

                ---
                apiVersion: gateway/v1
                kind: NotificationChannel
                metadata: {tenant: demo, name: desk}
                spec: {type: webhook, url: '{{_hook.Address}}', secrets: ["{{Hook}}"]}
                """,
            [
                $"--Gateway:Administration:PublicUrl={_secure}",
                $"--Gateway:Administration:Certificate={_folder.File("leaf.pem")}",
                $"--Gateway:Administration:CertificateKey={_folder.File("leaf.key")}",
            ],
            _secure
        );
        Assert.True(CredentialReference.TryParse(Hook, out var reference));
        var vault = First.Gateway.Services.GetRequiredService<EncryptedFileVault>();
        await vault.PutAsync(RunningGateway.Demo, reference!, new Secret(WebhookReader.Secret), CancellationToken.None);
        _signer = await First.Gateway.NewSignerAsync("payer");
    }

    public virtual async Task DisposeAsync()
    {
        if (_elsewhere is not null)
        {
            if (Other != First)
            {
                await Other.DisposeAsync();
            }

            await First.DisposeAsync();
            await _hook.DisposeAsync();
            _elsewhere.Dispose();
        }

        _folder.Dispose();
        Assert.Empty(chromium.Reports);
    }

    /// <summary>One, or two that share what replicas share.</summary>
    /// <param name="settings">More, for the one that people reach from elsewhere.</param>
    /// <param name="secure">Where they reach it over TLS.</param>
    protected abstract Task<(RunningAdministration First, RunningAdministration Other)> StartAsync(
        string documents,
        string[] settings,
        Uri secure
    );

    [StoryFact]
    public async Task Payment_is_refused_told_held_approved_by_two_people_carried_out_once_and_on_record()
    {
        await using var cleo = await PersonAsync("cleo");
        using var _ = await First.NewOperatorAsync("dora", OperatorRoles.Approver);
        var token = await First.NewTokenAsync("dora", OperatorRoles.Approver);
        await Waiting.ForAsync("the other knows the agent's key", async () => (await PayAsync(Other)).Code == "approval_required");

        // Refused and told: the groups and where they approve are in the one text that a client shows.
        var refused = await PayAsync(First);
        var asked = Assert.Single(await ListAsync());
        Assert.Equal((HttpStatusCode.Forbidden, "approval_required"), (refused.Status, refused.Code));
        Assert.Contains("treasury", refused.Text, StringComparison.Ordinal);
        Assert.Contains($"gateway approvals show {asked.Id} --tenant demo", refused.Text, StringComparison.Ordinal);
        await Waiting.ForAsync("people are told", async () => (await _hook.SeenAsync()).Count > 0);
        var told = Assert.Single(await _hook.SeenAsync());
        Assert.True(told.Valid);
        using var notice = JsonDocument.Parse(told.Body);
        Assert.Equal(asked.Id, notice.RootElement.GetProperty("data").GetProperty("approval").GetString());

        // Held by the other replica, seen and approved on the page of the first, and by the command at the other.
        var held = PayAsync(Other, headers: ("Prefer", "wait=60"));
        await ApproveOnPageAsync(cleo.Page, asked);
        Assert.False(held.IsCompleted);
        await ApproveByCommandAsync(asked, token);
        Assert.Equal(HttpStatusCode.Created, (await held).Status);
        Assert.Equal(1, await First.Provider.CountAsync());

        // The second use, on either.
        foreach (var replica in new[] { First, Other })
        {
            var again = await PayAsync(replica, headers: ("Gateway-Approval", asked.Id));
            Assert.Equal((HttpStatusCode.Conflict, "approval_already_used"), (again.Status, again.Code));
        }

        // The swapped argument: what was approved for one amount opens no other.
        Assert.Equal("approval_required", (await PayAsync(Other)).Code);
        var second = Assert.Single(await ListAsync(), one => one.State == ApprovalState.Pending);
        foreach (var person in new[] { "cleo", "dora" })
        {
            await VoteAsync(second, person, TimeProvider.System.GetUtcNow());
        }

        var swapped = await PayAsync(First, Body.Replace("10", "11", StringComparison.Ordinal), ("Gateway-Approval", second.Id));
        Assert.Equal((HttpStatusCode.Forbidden, "approval_required"), (swapped.Status, swapped.Code));
        Assert.Contains("another action", swapped.Text, StringComparison.Ordinal);

        // The expired one: who votes when its time is over finds that it has ended, and so does the agent.
        await PayAsync(First, """{"contact":"c-1","amount":12}""");
        var third = Assert.Single(await ListAsync(), one => one.State == ApprovalState.Pending);
        await VoteAsync(third, "cleo", third.Ends + TimeSpan.FromSeconds(1), VoteOutcome.Ended);
        var expired = await PayAsync(Other, """{"contact":"c-1","amount":12}""", ("Gateway-Approval", third.Id));
        Assert.Equal((HttpStatusCode.Forbidden, "approval_required"), (expired.Status, expired.Code));
        Assert.Contains("expired", expired.Text, StringComparison.Ordinal);

        Assert.Equal(1, await First.Provider.CountAsync());
        await RecordedAsync(asked.Id);
    }

    [StoryFact]
    public async Task Of_two_hundred_votes_at_once_each_person_counts_once_and_of_two_hundred_uses_one_goes_through()
    {
        foreach (var replica in new[] { First, Other })
        {
            await Unlimited.MakeAsync(replica.Gateway.GovernancePath, replica.Gateway.Services.GetRequiredService<GovernanceReload>());
        }

        await Waiting.ForAsync("the other knows the agent's key", async () => (await PayAsync(Other)).Code == "approval_required");
        var asked = Assert.Single(await ListAsync());
        var people = new List<OperatorClient>();
        foreach (var name in new[] { "cleo", "dora" })
        {
            people.Add(await First.NewOperatorAsync(name, OperatorRoles.Approver));
            people.Add(new OperatorClient(Other.Address, await First.NewTokenAsync(name, OperatorRoles.Approver)));
        }

        var votes = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => VoteAsync(people[i % people.Count], asked)));
        Assert.Equal(2, votes.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(Many - 2, votes.Count(status => status == HttpStatusCode.Conflict));
        Assert.Equal(["cleo", "dora"], (await ListAsync())[0].Votes.Select(vote => vote.Person).Order());

        var uses = await Task.WhenAll(
            Enumerable.Range(0, Many).Select(i => PayAsync(i % 2 == 0 ? First : Other, headers: ("Gateway-Approval", asked.Id)))
        );
        Assert.Equal(1, uses.Count(use => use.Status == HttpStatusCode.Created));
        Assert.Equal(Many - 1, uses.Count(use => use.Code == "approval_already_used"));
        Assert.Equal(1, await First.Provider.CountAsync());
        people.ForEach(person => person.Dispose());
    }

    private static async Task<HttpStatusCode> VoteAsync(OperatorClient person, ApprovalRecord asked)
    {
        var vote = new
        {
            vote = "approve",
            view_sha256 = asked.ViewDigest,
            reason = "INC-42",
        };
        return (await person.SendAsync(HttpMethod.Post, $"approvals/{asked.Id}/votes", vote)).Status;
    }

    /// <summary>The step of the person who isn't at this machine, and knows the authority of its certificate.</summary>
    private async Task ApproveByCommandAsync(ApprovalRecord asked, string token)
    {
        var seen = await CommandAsync(token, "approvals", "show", asked.Id, "--json");
        Assert.Contains(asked.ViewDigest, seen, StringComparison.Ordinal);
        var voted = await CommandAsync(token, "approvals", "approve", asked.Id, "--view", asked.ViewDigest, "--reason", "INC-42", "--json");
        Assert.Contains("\"approved\"", voted, StringComparison.Ordinal);
    }

    private async Task<string> CommandAsync(string token, params string[] arguments)
    {
        var gateway = GatewayProgram.Path;
        var start = new ProcessStartInfo(_elsewhere!.Prefix[0], [.. _elsewhere.Prefix.Skip(1), "dotnet", gateway, .. arguments]);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, _folder.Path);
        start.Environment["GATEWAY_ADMIN_ADDRESS"] = _secure.GetLeftPart(UriPartial.Authority);
        start.Environment["GATEWAY_ADMIN_TOKEN"] = token;
        start.Environment["GATEWAY_ADMIN_CA"] = _folder.File("ca.pem");
        start.Environment["XDG_CONFIG_HOME"] = _folder.Path;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Waiting.Deadline);
        Assert.True(process.ExitCode == 0, $"{await output}{await error}");
        return await output;
    }

    private static async Task ApproveOnPageAsync(IPage page, ApprovalRecord asked)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Show 1 new" }).ClickAsync();
        await page.Locator("#pending a").ClickAsync();
        await Assertions.Expect(page.Locator("#digest")).ToHaveTextAsync(asked.ViewDigest);
        await Assertions.Expect(page.Locator(".view")).ToContainTextAsync("c-1");
        await ConsoleStory.VoteAsync(page);
        await Assertions.Expect(page.Locator("#votes")).ToContainTextAsync("cleo: approve");
    }

    private async Task<Window> PersonAsync(string name)
    {
        using var _ = await First.NewOperatorAsync(name, OperatorRoles.Approver);
        var page = await chromium.OpenAsync(First.Address);
        await page.GotoAsync("/console/approvals");
        await ConsoleStory.FillAsync(page, name, RunningAdministration.Password);
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("live");
        return new Window(page);
    }

    private async Task<Answer> PayAsync(RunningAdministration replica, string body = Body, params (string Name, string Value)[] headers)
    {
        using var response = await replica.Gateway.SendSignedAsync(
            _signer,
            () =>
            {
                var request = replica.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", body);
                foreach (var (name, value) in headers)
                {
                    request.Headers.Add(name, value);
                }

                return request;
            }
        );
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, response.IsSuccessStatusCode ? "" : Call.CodeOf(text), text);
    }

    private Task<IReadOnlyList<ApprovalRecord>> ListAsync() =>
        Approvals.ListAsync(RunningGateway.Demo, TimeProvider.System.GetUtcNow(), most: 100, CancellationToken.None);

    private async Task VoteAsync(ApprovalRecord asked, string person, DateTimeOffset at, VoteOutcome outcome = VoteOutcome.Counted)
    {
        var vote = new ApprovalVote(person, true, asked.ViewDigest, at, "");
        Assert.Equal(outcome, (await Approvals.VoteAsync(RunningGateway.Demo, asked.Id, vote, CancellationToken.None)).Outcome);
    }

    private ApprovalStore Approvals => First.Gateway.Services.GetRequiredService<ApprovalStore>();

    /// <summary>Every step of one approval, in its order, whichever replica wrote it.</summary>
    private async Task RecordedAsync(string id)
    {
        string[] steps = ["approval_asked", "approval_voted", "approval_voted", "approval_used"];
        await Waiting.ForAsync(
            "every step is on record",
            () =>
            {
                var changes = JournalRecords.Read(First.Gateway.JournalPath).Of("change");
                return steps.GroupBy(step => step).All(step => changes.Count(change => IsOf(change, step.Key)) >= step.Count());
            }
        );

        bool IsOf(JsonElement change, string step) =>
            change.GetProperty("kind").GetString() == step && change.ToString().Contains(id, StringComparison.Ordinal);
    }

    private sealed record Answer(HttpStatusCode Status, string Code, string Text);

    private sealed class Window(IPage page) : IAsyncDisposable
    {
        public IPage Page => page;

        public ValueTask DisposeAsync() => page.Context.DisposeAsync();
    }
}
