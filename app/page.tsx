export default function Home() {
  return <h1>Foyer</h1>;
}
