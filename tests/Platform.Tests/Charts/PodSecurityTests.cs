namespace Gateway.Platform.Tests.Charts;

/// <summary>That what holds the pods to the standard finds each thing that it forbids.</summary>
public sealed class PodSecurityTests
{
    private const string Good = """
        automountServiceAccountToken: false
        securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
        containers:
          - name: one
            image: one
            securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
        volumes: [{name: data, emptyDir: {}}]
        """;

    [Fact]
    public void GoodPod_HasNoProblem() => Assert.Empty(PodSecurity.Problems("pod", Yaml.One(Good)));

    [Theory]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false")]
    [InlineData("runAsUser: 65532", "runAsUser: 0")]
    [InlineData("RuntimeDefault", "Unconfined")]
    [InlineData("allowPrivilegeEscalation: false, ", "")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false")]
    [InlineData("drop: [ALL]", "drop: [NET_RAW]")]
    [InlineData("drop: [ALL]", "drop: [ALL], add: [NET_ADMIN]")]
    [InlineData("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: false, privileged: true")]
    [InlineData("emptyDir: {}", "hostPath: {path: /}")]
    [InlineData("image: one", "ports: [{containerPort: 80, hostPort: 80}]")]
    [InlineData("automountServiceAccountToken: false", "hostNetwork: true")]
    public void Offence_IsFound(string good, string bad) =>
        Assert.NotEmpty(PodSecurity.Problems("pod", Yaml.One(Good.Replace(good, bad, StringComparison.Ordinal))));
}
