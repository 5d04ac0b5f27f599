using System.Globalization;
using System.Text;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Approvals;

/// <summary>The id of an approval's token, which follows from what is approved.</summary>
internal static class ApprovalId
{
    private const int Digits = 24;

    public static string Of(NewApproval approval)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{approval.Intent}:{approval.Policy}:{approval.Approver}:{approval.ReasonCode}:{string.Join(',', approval.Scope)}"
                + $":{approval.MaxTargets}:{approval.MaxOps}:{new GoTime(approval.ExpiresAt.UtcDateTime)}"
        );
        return Sha256Digest.Compute(Encoding.UTF8.GetBytes(text)).ToString()[..Digits];
    }
}
