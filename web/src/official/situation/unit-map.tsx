import { useEffect, useRef } from 'react';
import { LngLatBounds, Map as MapView, NavigationControl, Popup, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { useSpeech, type Text } from '../../shared/i18n.tsx';

setWorkerUrl(workerUrl);

const TEXT = {
  closer: { zh: '放大', en: 'Zoom in' },
  wider: { zh: '缩小', en: 'Zoom out' },
} as const satisfies Record<string, Text>;

export interface MapPoint {
  readonly id: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  /** Colour and rank of the highest open tier; grey where nothing is open. */
  readonly color: string;
  readonly rank: number;
  readonly note: string;
}

interface Props {
  readonly points: readonly MapPoint[];
  readonly dark: boolean;
  readonly label: string;
  onOpen(id: string): void;
}

type Collection = { type: 'FeatureCollection'; features: object[] };

const featuresOf = (points: readonly MapPoint[]): Collection => ({
  type: 'FeatureCollection',
  features: points.map(({ id, name, lon, lat, color, rank, note }) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { id, name, color, rank, note } })),
});

/** A grid of quarter degrees instead of tiles of somebody else's server: place without a foreign map. */
function gridOf(points: readonly MapPoint[]): Collection {
  const step = 0.1;
  const lons = points.map((point) => point.lon);
  const lats = points.map((point) => point.lat);
  const [west, east] = [Math.floor(Math.min(...lons) / step) - 4, Math.ceil(Math.max(...lons) / step) + 4];
  const [south, north] = [Math.floor(Math.min(...lats) / step) - 4, Math.ceil(Math.max(...lats) / step) + 4];
  const line = (coordinates: number[][]) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } });
  const range = (from: number, to: number) => Array.from({ length: Math.min(200, to - from + 1) }, (_, i) => (from + i) * step);
  return {
    type: 'FeatureCollection',
    features: [
      ...range(west, east).map((lon) => line([[lon, south * step], [lon, north * step]])),
      ...range(south, north).map((lat) => line([[west * step, lat], [east * step, lat]])),
    ],
  };
}

/** Units as points on their coordinates; a click opens the unit. */
export default function UnitMap({ points, dark, label, onOpen }: Props) {
  const { t, language } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapView | undefined>(undefined);
  const open = useRef(onOpen);
  open.current = onOpen;
  const key = JSON.stringify(points);
  useEffect(() => {
    if (box.current === null || points.length === 0) return undefined;
    const ink = dark ? '#303030' : '#dfe5e8';
    const view = new MapView({
      container: box.current, attributionControl: false, fadeDuration: 0,
      locale: { 'Map.Title': label, 'NavigationControl.ZoomIn': t(TEXT.closer), 'NavigationControl.ZoomOut': t(TEXT.wider) },
      style: {
        version: 8,
        sources: { grid: { type: 'geojson', data: gridOf(points) as never }, units: { type: 'geojson', data: featuresOf(points) as never } },
        layers: [
          { id: 'ground', type: 'background', paint: { 'background-color': dark ? '#141414' : '#f6f8f9' } },
          { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': ink, 'line-width': 1 } },
          { id: 'units', type: 'circle', source: 'units', paint: { 'circle-color': ['get', 'color'], 'circle-radius': ['+', 6, ['*', 2, ['get', 'rank']]], 'circle-stroke-color': dark ? '#141414' : '#ffffff', 'circle-stroke-width': 2 } },
        ],
      },
    });
    map.current = view;
    const bounds = points.reduce((all, point) => all.extend([point.lon, point.lat]), new LngLatBounds());
    view.fitBounds(bounds, { padding: 60, maxZoom: 11, animate: false });
    view.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    const popup = new Popup({ closeButton: false, offset: 12 });
    view.on('mousemove', 'units', (event) => {
      const found = event.features?.[0]?.properties;
      if (found === undefined) return;
      view.getCanvas().style.cursor = 'pointer';
      popup.setLngLat(event.lngLat).setText(`${String(found['name'])} · ${String(found['note'])}`).addTo(view);
    });
    view.on('mouseleave', 'units', () => { view.getCanvas().style.cursor = ''; popup.remove(); });
    view.on('click', 'units', (event) => { const id: unknown = event.features?.[0]?.properties['id']; if (typeof id === 'string') open.current(id); });
    return () => { view.remove(); map.current = undefined; };
  // The map is built once per place, theme and language; later numbers are fed into its source.
  }, [points.length === 0, dark, language]);
  useEffect(() => {
    const view = map.current;
    const feed = () => { view?.getSource<GeoJSONSource>('units')?.setData(featuresOf(points) as never); };
    if (view === undefined || view.loaded()) feed();
    else view.once('load', feed);
  }, [key]);
  // The canvas inside is the named region; the zoom buttons stand beside it, so this box has no role of its own.
  return <div ref={box} style={{ width: '100%', height: 340, borderRadius: 4, overflow: 'hidden' }} />;
}
