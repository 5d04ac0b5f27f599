using System.Text.RegularExpressions;
using Gateway.Administration;
using Gateway.Administration.Listening;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Approvals;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Doors.Mcp;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Management;
using Gateway.Proxy.Notices;
using Gateway.Proxy.Peers;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Documentation;

/// <summary>The page has every setting that a start reads. Run once with GATEWAY_WRITE_DOCS=1 to write the tables anew.</summary>
public sealed partial class ConfigurationPageTests
{
    private static readonly GeneratedPage Page = new("configuration.md");

    /// <summary>In the order of the page.</summary>
    private static readonly (string Section, object Defaults)[] Sections =
    [
        ("Data", new DataOptions()),
        ("Governance", new GovernanceOptions()),
        ("FrontDoor", new FrontDoorOptions()),
        ("Management", new ManagementOptions()),
        ("Peers", new PeersOptions()),
        ("Administration", new AdministrationOptions()),
        ("Identity", new IdentityOptions()),
        ("Store", new StoreOptions()),
        ("Intents", new IntentsOptions()),
        ("State", new StateOptions()),
        ("Admission", new AdmissionOptions()),
        ("Approvals", new ApprovalOptions()),
        ("Credentials", new CredentialsOptions()),
        ("Evidence", new EvidenceOptions { Bodies = EvidenceSetup.BodyFolderOf(new DataOptions()) }),
        ("Notices", new NoticesOptions()),
        ("Mcp", new McpOptions()),
        ("Journal", new JournalOptions { Root = EvidenceSetup.JournalFolderOf(new DataOptions()) }),
    ];

    [Fact]
    public void Page_ShowsEverySettingOfTheCode() =>
        Page.AssertShows("settings", string.Join('\n', Sections.Select(s => OptionTable.Of(s.Section, s.Defaults))));

    /// <summary>What a start calls known, when it is given a key that it doesn't know.</summary>
    [Fact]
    public void Page_HasTheSectionsAndKeysThatAStartReads()
    {
        using var data = new TemporaryDirectory();
        string[] probes = [.. Sections.Select(s => $"--Gateway:{s.Section}:Nonsense=1"), "--Gateway:Nonsense:Key=1"];

        var errors = Assert
            .Throws<ConfigurationException>(() =>
                Program.Check(
                    [
                        "--environment=Development",
                        $"--Gateway:Data:Path={data.Path}",
                        $"--Gateway:Governance:Path={Path.Combine(Repository.Root, "samples", "governance")}",
                        .. probes,
                    ],
                    AdministrationSetup.AddAdministration
                )
            )
            .Errors;

        Assert.Equal(probes.Length, errors.Count);
        Assert.Equal(Sections.Select(s => s.Section).Order(StringComparer.Ordinal), KnownTo(errors, "Gateway:Nonsense"));
        Assert.All(
            Sections,
            section =>
                Assert.Equal(
                    OptionTable.KeysOf(section.Defaults.GetType()).Select(p => p.Name).Order(StringComparer.Ordinal),
                    KnownTo(errors, $"Gateway:{section.Section}:Nonsense")
                )
        );
    }

    [Fact]
    public void Page_NamesEveryKeySettingAndThePassword() =>
        Assert.All(
            [
                .. KeyGenerator.Settings,
                "MASTER_KEY",
                "REDIS_PASSWORD",
                "REDIS_SENTINEL_PASSWORD",
                "POSTGRES_PASSWORD",
                EnvironmentSource.Prefix,
            ],
            name => Assert.Contains($"`{name}", Page.Text, StringComparison.Ordinal)
        );

    private static IEnumerable<string> KnownTo(IReadOnlyList<string> errors, string key)
    {
        var error = Assert.Single(errors, e => e.StartsWith(key + ":", StringComparison.Ordinal));
        return Known().Match(error).Groups[1].Value.Split(", ");
    }

    [GeneratedRegex(@"Known here: (.*)\.")]
    private static partial Regex Known();
}
