using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>A rule's constraints in the canonical form; one that the rule doesn't have is left out.</summary>
internal static class ConstraintCanonicalForm
{
    public static void Write(Utf8JsonWriter json, RuleDefinition rule)
    {
        WriteAgent(json, rule.Agent ?? new AgentConstraint());
        WriteCredential(json, rule.Credential ?? new CredentialConstraint());
        WriteEndpoint(json, rule.Endpoint);
        WriteDataflow(json, rule.Dataflow);
        WriteFreeze(json, rule.Freeze);
        WriteSandbox(json, rule.Sandbox);
    }

    private static void WriteAgent(Utf8JsonWriter json, AgentConstraint agent)
    {
        json.WriteIfTrue("RequireDeclaredAgent", agent.Declared);
        json.WriteListIfAny("AllowedAgentIDs", agent.AllowedIds);
        json.WriteListIfAny("DeniedAgentIDs", agent.DeniedIds);
        json.WriteIfText("RequiredAgentManifestDigest", agent.ManifestDigest);
        json.WriteListIfAny("AllowedAgentManifestPublishers", agent.ManifestPublishers);
        json.WriteListIfAny("AllowedAgentManifestSources", agent.ManifestSources);
        json.WriteListIfAny("RequiredAgentLifecycleStates", agent.LifecycleStates);
        json.WriteIfTrue("RequireAgentOwner", agent.Owner);
        json.WriteIfTrue("RequireUnexpiredAgent", agent.Unexpired);
    }

    private static void WriteCredential(Utf8JsonWriter json, CredentialConstraint credential)
    {
        json.WriteIfTrue("BlockStandingCredentials", credential.BlockStanding);
        json.WriteListIfAny("AllowedCredentialSources", credential.Sources);
        json.WriteListIfAny("AllowedCredentialIssuers", credential.Issuers);
        json.WriteListIfAny("AllowedCredentialAccessTypes", credential.AccessTypes);
        json.WriteIfPositive("MaxCredentialTTLSeconds", credential.MaxTtlSeconds);
        json.WriteIfTrue("RequireJITCredential", credential.JustInTime);
    }

    private static void WriteEndpoint(Utf8JsonWriter json, EndpointConstraint? endpoint)
    {
        if (endpoint is null)
        {
            return;
        }

        json.WriteStartObject("Endpoint");
        json.WriteBoolean("Enabled", true);
        json.WriteList("PathAllowlist", endpoint.PathAllowlist);
        json.WriteList("PathDenylist", endpoint.PathDenylist);
        json.WriteList("DomainAllowlist", endpoint.DomainAllowlist);
        json.WriteList("DomainDenylist", endpoint.DomainDenylist);
        json.WriteList("EgressClasses", endpoint.EgressClasses);
        json.WriteString("Action", RuleVerdicts.Word(endpoint.Action));
        json.WriteString("DestructiveAction", endpoint.DestructiveAction is { } action ? RuleVerdicts.Word(action) : "");
        json.WriteString("ReasonCode", endpoint.ReasonCode);
        json.WriteString("Violation", endpoint.Violation);
        json.WriteEndObject();
    }

    private static void WriteDataflow(Utf8JsonWriter json, DataflowConstraint? dataflow)
    {
        if (dataflow is null)
        {
            return;
        }

        json.WriteStartObject("Dataflow");
        json.WriteBoolean("Enabled", true);
        json.WriteList("TaintedSources", dataflow.TaintedSources);
        json.WriteString("Action", RuleVerdicts.Word(dataflow.Action));
        json.WriteString("ReasonCode", dataflow.ReasonCode);
        json.WriteString("Violation", dataflow.Violation);
        json.WriteListIfAny("DestinationKinds", dataflow.DestinationKinds);
        json.WriteListIfAny("DestinationValues", dataflow.DestinationValues);
        json.WriteListIfAny("DestinationOperations", dataflow.DestinationOperations);
        json.WriteEndObject();
    }

    private static void WriteFreeze(Utf8JsonWriter json, FreezeWindow? freeze)
    {
        if (freeze is null)
        {
            return;
        }

        json.WriteStartObject("FreezeWindow");
        json.WriteBoolean("Enabled", true);
        json.WriteString("Timezone", freeze.Timezone);
        json.WriteString("Effect", RuleVerdicts.Word(freeze.Effect));
        json.WriteString("Reason", freeze.Reason);
        json.WriteList("Environments", freeze.Environments);
        json.WriteList("RiskClasses", freeze.RiskClasses);
        json.WriteStartArray("Windows");
        foreach (var window in freeze.Windows)
        {
            json.WriteStartObject();
            json.WriteString("Name", window.Name);
            json.WriteString("Start", window.StartText);
            json.WriteString("End", window.EndText);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSandbox(Utf8JsonWriter json, SandboxConstraint? sandbox)
    {
        if (sandbox is null)
        {
            return;
        }

        json.WriteStartObject("Sandbox");
        json.WriteBoolean("Enabled", true);
        json.WriteList("AllowedNetworkModes", sandbox.NetworkModes);
        json.WriteList("AllowedWritablePathPrefixes", sandbox.WritablePathPrefixes);
        json.WriteList("RequiredReadOnlyRoots", sandbox.ReadOnlyRoots);
        json.WriteList("AllowedEnvExposureModes", sandbox.EnvExposureModes);
        json.WriteNumber("MaxTimeoutSeconds", sandbox.MaxTimeoutSeconds);
        json.WriteList("AllowedFilesystemIsolations", sandbox.FilesystemIsolations);
        json.WriteList("AllowedUserModes", sandbox.UserModes);
        json.WriteEndObject();
    }
}
