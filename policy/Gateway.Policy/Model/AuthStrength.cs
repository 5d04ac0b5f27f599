namespace Gateway.Policy.Model;

/// <summary>How an agent proved who it is. A bearer key can be copied and replayed, so it opens less than a signature.</summary>
public enum AuthStrength
{
    None = 0,
    Bearer = 1,
    Signed = 2,
}
