using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>The request is signed instead of carrying a bearer key.</summary>
internal sealed record SignRequest() : Change(ChangeKind.SignRequest, "sign the request instead of sending a bearer key")
{
    internal override Situation Apply(Situation situation) => situation.With(situation.Intent with { Strength = AuthStrength.Signed });
}
