using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Cli.Brokers;

/// <summary>Makes a name and no credential, to try out rules that ask for one.</summary>
internal static class StubBroker
{
    private static readonly TimeSpan StubLife = TimeSpan.FromMinutes(5);

    public static BrokerCredential Issue(BrokerRequest request, DateTimeOffset now)
    {
        var context = request.Intent.Context;
        var seed = string.Join(
            '|',
            request.Intent.ToolName,
            context.Identity,
            context.Workspace,
            context.SessionId,
            context.RequestId,
            request.Reference,
            string.Join(',', request.Scopes)
        );
        return new BrokerCredential
        {
            IssuedBy = "stub",
            Source = "stub",
            AccessType = "jit",
            Issuer = "stub",
            Ref = "stub:" + Sha256Digest.Compute(Encoding.UTF8.GetBytes(seed)).ToString()[..24],
            Scopes = request.Scopes,
            TargetBinding = request.TargetBinding,
            RunBinding = context.RunId,
            JobBinding = context.JobId,
            RequestDigest = request.Digest.ToString(),
            IssuedAt = now,
            ExpiresAt = now + StubLife,
            TtlSeconds = (long)StubLife.TotalSeconds,
        };
    }
}
